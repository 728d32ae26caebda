package io.radstream.checkpoints;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the scores of a checkpoint are to be read: what was measured on labelled studies after it was
 * written.
 *
 * @param model SHA-256 of the weights that it belongs to, in lower-case hexadecimal
 * @param panel what it was measured on
 * @param findings each way to score a finding once
 * @param familiarity what the network has seen before; empty where nothing is known of that
 */
public record CheckpointCalibration(
    String model,
    Panel panel,
    List<CalibratedFinding> findings,
    Optional<Familiarity> familiarity) {

  /** More than any set of findings and any label head have together. */
  static final int MOST_FINDINGS = 2000;

  /**
   * The labelled studies.
   *
   * @param sha256 digest of the panel, in lower-case hexadecimal
   */
  public record Panel(String sha256, int studies, int patients) {

    public Panel {
      requireSha256(sha256);
      if (studies < 1 || patients < 1 || patients > studies) {
        throw new IllegalArgumentException(
            "%d studies of %d patients".formatted(studies, patients));
      }
    }
  }

  /**
   * Where the studies lie that the network has learned from, and how far from them others usually
   * are.
   *
   * @param bank unit vectors of studies, all of one length; not copied
   * @param neighbours distances are to the k-th nearest of the bank, from 1 to its size
   * @param quantile part of the panel's studies that are no farther than the threshold
   * @param threshold distance beyond which a study is unfamiliar, above 0
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Familiarity(float[][] bank, int neighbours, double quantile, double threshold) {

    public Familiarity {
      if (neighbours < 1 || neighbours > bank.length) {
        throw new IllegalArgumentException(
            "%d neighbours of %d vectors".formatted(neighbours, bank.length));
      }
      if (!(quantile > 0 && quantile <= 1) || !(threshold > 0 && threshold <= 2)) {
        throw new IllegalArgumentException(
            "a quantile is from 0 to 1, and a threshold above 0 and at most 2: %s, %s"
                .formatted(quantile, threshold));
      }
    }
  }

  public CheckpointCalibration {
    requireSha256(model);
    findings = List.copyOf(findings);
    Stream<CalibratedFinding.Scored> ways = findings.stream().map(CalibratedFinding::scored);
    if (findings.size() > MOST_FINDINGS || ways.distinct().count() < findings.size()) {
      throw new IllegalArgumentException("a finding is there twice, or there are too many");
    }
  }

  static void requireSha256(String digest) {
    if (digest == null || !digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal");
    }
  }
}

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
   * are: by the network's vectors, and by the pictures themselves, which tell more of another body
   * part.
   *
   * @param vectors of studies
   * @param pictures sketches of their views
   * @param neighbours distances are to the k-th nearest, from 1 to the size of either bank
   * @param quantile part of the panel's studies that are no farther than a threshold
   */
  public record Familiarity(Bank vectors, Bank pictures, int neighbours, double quantile) {

    public Familiarity {
      int least = Math.min(vectors.vectors.length, pictures.vectors.length);
      if (neighbours < 1 || neighbours > least) {
        throw new IllegalArgumentException(
            "%d neighbours of %d vectors".formatted(neighbours, least));
      }
      if (!(quantile > 0 && quantile <= 1)) {
        throw new IllegalArgumentException("a quantile is from 0 to 1, not " + quantile);
      }
    }
  }

  /**
   * Vectors that are known.
   *
   * @param vectors unit vectors, all of one length; not copied
   * @param threshold distance beyond which a study is unfamiliar, above 0 and at most 2
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Bank(float[][] vectors, double threshold) {

    public Bank {
      if (!(threshold > 0 && threshold <= 2)) {
        throw new IllegalArgumentException(
            "a threshold is above 0 and at most 2, not " + threshold);
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

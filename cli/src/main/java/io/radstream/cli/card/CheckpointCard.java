package io.radstream.cli.card;

import io.radstream.cli.findings.Shown;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be known of a checkpoint before it is used: what it learned from, what it was judged
 * to be, and what it is not for. As of the time that it was read from the topics.
 *
 * @param parent id of the checkpoint that it grew out of, whose own card tells of its data; null
 *     where there is none
 * @param initial whose weights the run's settings set out from: of a checkpoint its id, of public
 *     weights the names of their directories, by what they are for; empty for none
 * @param labelShare of the patients whose labels it learns, 0 to 1; null where it learns no labels
 * @param written ISO-8601, UTC
 * @param steps that its run takes
 * @param weights SHA-256 of them, in lower-case hexadecimal
 * @param settings SHA-256 of {@code config.json}
 * @param learned what from, in words
 * @param data of each source of its run
 * @param evaluations that are recorded of these weights, the earliest first
 * @param limits of its use, a sentence or some each
 */
public record CheckpointCard(
    String checkpointId,
    String line,
    String runId,
    String parent,
    Map<String, String> initial,
    Double labelShare,
    String written,
    long step,
    long steps,
    int batch,
    long seed,
    String weights,
    String settings,
    String learned,
    int imageSize,
    List<String> findings,
    List<Learned> data,
    List<Judged> evaluations,
    List<String> limits) {

  public CheckpointCard {
    initial = Collections.unmodifiableMap(new LinkedHashMap<>(initial));
    findings = List.copyOf(findings);
    data = List.copyOf(data);
    evaluations = List.copyOf(evaluations);
    limits = List.copyOf(limits);
  }

  /**
   * What the run may read of a source, and what the studies of it are like that are held and not
   * withdrawn.
   *
   * @param source its name in the run's settings
   * @param offsets {@code partition:from-to}, the end exclusive; none where it learns from what
   *     arrives
   * @param readTo {@code partition:to} where it does: how far it had read
   * @param studies null where the topic does not hold all of the offsets any more, or there are
   *     none
   */
  public record Learned(
      String source, String topic, List<String> offsets, List<String> readTo, DataCard studies) {

    public Learned {
      offsets = List.copyOf(offsets);
      readTo = List.copyOf(readTo);
    }
  }

  /**
   * An evaluation.
   *
   * @param split topic of its tuples
   * @param reading how often the line had been judged on any of them, this time included
   * @param studies null where they are few; so are patients
   * @param level of the intervals
   */
  public record Judged(
      String evaluationId,
      String time,
      String split,
      int reading,
      Long studies,
      Long patients,
      String operatingRule,
      String operatingSplit,
      double level,
      Shown meanAuc,
      Shown meanAveragePrecision,
      List<Figures> findings) {

    public Judged {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Of a finding.
   *
   * @param zeroShot whether sentences told it, and not a label head
   * @param present studies with it; null where they are few; so are those without it
   */
  public record Figures(
      String finding,
      boolean zeroShot,
      Long present,
      Long absent,
      Shown auc,
      Shown averagePrecision,
      Shown sensitivity,
      Shown specificity,
      Shown brier,
      Double calibrationError) {}
}

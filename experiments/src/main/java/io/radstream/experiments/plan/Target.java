package io.radstream.experiments.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Columns of the table: what is learned from labels.
 *
 * @param title as tables name it
 * @param paper what the paper's tables call the data set; empty where it has none like it
 * @param source of its studies and labels
 * @param testSource of those that are judged in the end; the same, or another where the makers of a
 *     set have cut it themselves
 * @param findings to learn, as the labels topic names them
 * @param steps of fine-tuning
 * @param settings of fine-tuning that differ from the paper's, {@code key=value}
 * @param labelRatios shares of the patients with labels, each a column
 * @param split that is judged in the end
 */
public record Target(
    String name,
    String title,
    Optional<String> paper,
    String source,
    String testSource,
    List<String> findings,
    long steps,
    List<String> settings,
    List<Double> labelRatios,
    Split split) {

  /** A side of the split of patients. */
  public enum Split {
    /** The one that checkpoints are chosen by. */
    VALIDATION,
    /** Read once, in the end. */
    TEST;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Target {
    findings = List.copyOf(findings);
    settings = List.copyOf(settings);
    labelRatios = List.copyOf(labelRatios);
  }
}

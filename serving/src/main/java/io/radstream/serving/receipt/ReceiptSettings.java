package io.radstream.serving.receipt;

import io.radstream.model.config.Precision;
import io.radstream.serving.score.FindingSets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a score depends on beside checkpoint and study.
 *
 * @param findings name of the set of findings
 * @param prompts SHA-256 of its sentences, see {@link PromptsDigest}; null where the set is what
 *     the network was taught
 * @param precision in what numbers was multiplied
 * @param device kind of device, as {@code cpu}
 * @param threads CPU threads of one operation
 * @param engine name and version of what computed
 * @param service version of Radstream
 * @param calibration SHA-256 of the calibration that the probabilities went through; null for none
 */
public record ReceiptSettings(
    String findings,
    String prompts,
    String precision,
    String device,
    int threads,
    String engine,
    String service,
    String calibration) {

  /** More is no machine, and would be so many threads of who scores again. */
  private static final int MOST_THREADS = 1024;

  private static final Pattern SET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * @throws IllegalArgumentException where a field does not hold what it is for
   */
  public ReceiptSettings {
    Form.require(
        findings != null && SET.matcher(findings).matches(),
        "settings.findings",
        "a name of a set of findings");
    Form.require(prompts != null || !findings.equals(FindingSets.ALL), "settings.prompts", "there");
    if (prompts != null) {
      Form.sha256("settings.prompts", prompts);
    }
    Form.require(
        Arrays.stream(Precision.values()).anyMatch(known -> known.name().equals(precision)),
        "settings.precision",
        "one of " + Arrays.toString(Precision.values()));
    Form.text("settings.device", device);
    Form.require(
        threads >= 1 && threads <= MOST_THREADS,
        "settings.threads",
        "a number from 1 to " + MOST_THREADS);
    Form.text("settings.engine", engine);
    Form.text("settings.service", service);
    if (calibration != null) {
      Form.sha256("settings.calibration", calibration);
    }
  }

  /** The name of {@link #precision} as a value. */
  Precision asPrecision() {
    return Precision.valueOf(precision);
  }
}

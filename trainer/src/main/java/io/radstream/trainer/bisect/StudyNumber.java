package io.radstream.trainer.bisect;

/** A number that each study has, under the weights of a step. */
public enum StudyNumber {
  /** Of the study by itself, under weights of before. */
  LOSS("own loss"),

  /** Of its pictures with those read before, by {@link Likeness}; low where they look otherwise. */
  LIKENESS("likeness of the pictures"),

  /** Mean of all pixels, from 0 for black to 1 for white. */
  BRIGHTNESS("brightness"),

  /** Their standard deviation. */
  CONTRAST("contrast"),

  REPORT_TOKENS("tokens of the report");

  private final String label;

  StudyNumber(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether a study that is rather so is one to suspect. */
  boolean isSuspect(boolean higher) {
    return switch (this) {
      case LOSS -> higher;
      case LIKENESS -> !higher;
      case BRIGHTNESS, CONTRAST, REPORT_TOKENS -> true;
    };
  }
}

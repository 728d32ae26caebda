package io.radstream.trainer.bisect;

/** A number that each study has, under the weights of a step. */
public enum StudyNumber {
  /** Of the study by itself, under weights of before. */
  LOSS("own loss"),

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
}

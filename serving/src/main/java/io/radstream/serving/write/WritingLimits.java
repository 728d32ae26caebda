package io.radstream.serving.write;

/**
 * How much is done at a time.
 *
 * @param together most reports that are written side by side
 * @param waiting most that wait beside
 */
public record WritingLimits(int together, int waiting) {

  public static final WritingLimits DEFAULT = new WritingLimits(8, 16);

  public WritingLimits {
    if (together < 1 || waiting < 1) {
      throw new IllegalArgumentException(
          "at least one report is written, and one may wait: %d, %d".formatted(together, waiting));
    }
  }
}

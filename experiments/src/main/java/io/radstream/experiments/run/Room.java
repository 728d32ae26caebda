package io.radstream.experiments.run;

/** How many cells are done at a time. */
public sealed interface Room {

  /**
   * So many.
   *
   * @param cells at least 1
   */
  record Fixed(int cells) implements Room {

    public Fixed {
      requirePositive(cells);
    }
  }

  /**
   * As many as there is memory for: the first is done alone, and what it takes says it.
   *
   * @param most for other reasons than memory, at least 1
   * @param memory of the device
   */
  record Measured(int most, FreeMemory memory) implements Room {

    public Measured {
      requirePositive(most);
    }
  }

  private static void requirePositive(int cells) {
    if (cells < 1) {
      throw new IllegalArgumentException("cells at a time: at least 1, not " + cells);
    }
  }
}

package io.radstream.trainer.feed;

import java.util.List;

/**
 * Which of several equal, contiguous parts of a batch.
 *
 * @param rank from 0 on
 * @param ranks how many there are
 */
public record Share(int rank, int ranks) {

  /** The whole batch. */
  public static final Share WHOLE = new Share(0, 1);

  /**
   * @param whole batch, study by study
   * @throws IllegalArgumentException where parts are not equal
   */
  public <T> List<T> of(List<T> whole) {
    if (whole.size() % ranks != 0) {
      throw new IllegalArgumentException(
          "%d studies cannot be shared by %d ranks".formatted(whole.size(), ranks));
    }
    int size = whole.size() / ranks;
    return whole.subList(rank * size, (rank + 1) * size);
  }
}

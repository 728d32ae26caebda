package io.radstream.objects;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How often a store is asked that is away.
 *
 * @param pauses from a try in vain to the next
 */
public record Tries(List<Duration> pauses) {

  /** Something that is asked of a store. */
  @FunctionalInterface
  public interface Call<T> {

    /**
     * @throws IOException where it comes to nothing
     */
    T answer() throws IOException;
  }

  public Tries {
    pauses = List.copyOf(pauses);
  }

  /** With pauses of so many seconds. */
  public static Tries after(long... seconds) {
    return new Tries(Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList());
  }

  /**
   * Asks until the store is there, or the last try was in vain, or the thread is interrupted.
   *
   * @throws IOException of the last try
   */
  public <T> T of(Call<T> call) throws IOException {
    for (Duration pause : pauses) {
      try {
        return call.answer();
      } catch (ObjectStoreException e) {
        if (!e.isAway() || !passed(pause)) {
          throw e;
        }
      }
    }
    return call.answer();
  }

  private static boolean passed(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

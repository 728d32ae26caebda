package io.radstream.objects;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How often a store is asked that is away, and how long: no try begins later after the first one
 * than all pauses together take, however long each try takes.
 *
 * @param pauses from a try in vain to the next
 */
public record Tries(List<Duration> pauses) {

  public Tries {
    pauses = List.copyOf(pauses);
  }

  /** With pauses of so many seconds. */
  public static Tries after(long... seconds) {
    return new Tries(Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList());
  }

  /** From the first try to the latest that the last one may begin. */
  Duration longest() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }
}

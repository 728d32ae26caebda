package io.radstream.results.delivery;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a destination is served, since the process began.
 *
 * @param delivered results that the receiver has
 * @param refused results that it will never take, which are on the topic of dead letters
 * @param skipped scores of which there is nothing to send, by why
 * @param retries tries in vain that were, or will be, tried again
 * @param away why the receiver takes nothing at this moment; empty where it does
 * @param lag scores of this instance's partitions that are still to be dealt with
 */
public record DeliveryStatus(
    String destination,
    long delivered,
    long refused,
    Map<String, Long> skipped,
    long retries,
    String away,
    long lag) {

  public DeliveryStatus {
    skipped = Map.copyOf(new TreeMap<>(skipped));
  }
}

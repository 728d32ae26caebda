package io.radstream.results.delivery;

import java.util.Map;
import java.util.TreeMap;

/** Counts for one destination. Thread-safe. */
final class Tally {

  private final String destination;
  private final Map<String, Long> skipped = new TreeMap<>();
  private long delivered;
  private long refused;
  private long retries;
  private String away = "";
  private long lag;

  Tally(String destination) {
    this.destination = destination;
  }

  synchronized void delivered() {
    delivered++;
    away = "";
  }

  synchronized void refused() {
    refused++;
    away = "";
  }

  /**
   * @return whether it is the first for this reason
   */
  synchronized boolean skipped(String why) {
    return skipped.merge(why, 1L, Long::sum) == 1;
  }

  /**
   * @return whether the receiver was there until now
   */
  synchronized boolean away(String why) {
    boolean news = away.isEmpty();
    retries++;
    away = why;
    return news;
  }

  synchronized void lag(long scores) {
    lag = scores;
  }

  synchronized DeliveryStatus status() {
    return new DeliveryStatus(destination, delivered, refused, skipped, retries, away, lag);
  }
}

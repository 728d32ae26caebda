package io.radstream.producers.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Warns of the same peer and reason once an interval, however often it happens: at once for the
 * first time, then with how often it was meanwhile. Thread-safe.
 */
public final class RepeatedWarnings {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /** A peer that makes up names must not fill the memory. */
  private static final int MOST = 1000;

  private record Told(Instant at, long since) {}

  private final Logger log;
  private final InstantSource clock;
  private final Map<String, Told> told = new LinkedHashMap<>();

  public RepeatedWarnings(Logger log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * @param peer free of patient data, as all that is logged
   * @param reason the same words for the same reason
   */
  public synchronized void warn(String peer, String reason) {
    String key = peer + '\0' + reason;
    Instant now = clock.instant();
    Told before = told.remove(key);
    if (before == null) {
      log.warn("{}: {}", peer, reason);
      told.put(key, new Told(now, 0));
    } else if (now.isBefore(before.at().plus(INTERVAL))) {
      told.put(key, new Told(before.at(), before.since() + 1));
    } else {
      log.warn("{}: {} ({} times more until now)", peer, reason, before.since());
      told.put(key, new Told(now, 0));
    }
    if (told.size() > MOST) {
      told.remove(told.keySet().iterator().next());
    }
  }
}

package io.radstream.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Marker;

/**
 * Where the cluster or the registry is away, each client logs each of its tries, some a second.
 * Once a minute says the same: what is tried again, and for how long.
 */
public final class ClusterNoise extends TurboFilter {

  private static final String BROKER = "org.apache.kafka.clients.NetworkClient";
  static final String REGISTRY = "io.confluent.kafka.schemaregistry.client.rest.RestService";

  private final Outage broker;
  private final Outage registry;

  /** For logback. */
  public ClusterNoise() {
    this(InstantSource.system());
  }

  ClusterNoise(InstantSource clock) {
    this.broker = new Outage("the Kafka cluster", clock);
    this.registry = new Outage("the schema registry", clock);
  }

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
    // Without a text only the level is asked for.
    if (format == null) {
      return FilterReply.NEUTRAL;
    }
    if (logger.getName().equals(BROKER) && level == Level.WARN && isOfConnection(format)) {
      broker.happened(logger);
      return FilterReply.DENY;
    }
    // At the level below it tells that the next registry is tried, where there may be none.
    if (logger.getName().equals(REGISTRY) && level.isGreaterOrEqual(Level.WARN)) {
      registry.happened(logger);
      return FilterReply.DENY;
    }
    return FilterReply.NEUTRAL;
  }

  private static boolean isOfConnection(String text) {
    return text.contains("could not be established") || text.contains("disconnected");
  }

  /** Tries that fail one soon after the other. */
  private static final class Outage {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final String what;
    private final InstantSource clock;
    private Instant since = Instant.MIN;
    private Instant last = Instant.MIN;
    private Instant told = Instant.MIN;
    private long tries;

    Outage(String what, InstantSource clock) {
      this.what = what;
      this.clock = clock;
    }

    synchronized void happened(Logger logger) {
      Instant now = clock.instant();
      if (last.isBefore(now.minus(INTERVAL))) {
        since = now;
        told = Instant.MIN;
        tries = 0;
      }
      last = now;
      tries++;
      if (told.isBefore(now.minus(INTERVAL))) {
        told = now;
        tell(logger.getLoggerContext().getLogger(ClusterNoise.class), now);
      }
    }

    private void tell(Logger logger, Instant now) {
      if (tries == 1) {
        logger.warn("{} cannot be reached; trying again", what);
      } else {
        long seconds = Duration.between(since, now).toSeconds();
        logger.warn("{} cannot be reached: {} tries in {} s; trying again", what, tries, seconds);
      }
    }
  }
}

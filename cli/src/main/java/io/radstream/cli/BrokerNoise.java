package io.radstream.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Drops what the embedded broker's link to its own controller logs at each stop. The logger is that
 * of all Kafka clients, whose warnings matter, so a level would not do.
 */
public final class BrokerNoise extends Filter<ILoggingEvent> {

  private static final String OWN_LINK = "[NodeToControllerChannelManager";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getMessage().startsWith(OWN_LINK) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}

package io.radstream.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.kafka.common.errors.NotControllerException;

/**
 * Drops what Kafka logs where all is well. The loggers are those of all clients and of the whole
 * controller, whose warnings matter, so a level would not do.
 */
public final class BrokerNoise extends Filter<ILoggingEvent> {

  /** The embedded broker's link to its own controller, at each stop. */
  private static final String OWN_LINK = "[NodeToControllerChannelManager";

  /** Asked before it knows that it is the only one, at a start; asked again at once. */
  private static final String CONTROLLER = ".ControllerApis";

  /** The transaction before is still being written down; the producer sends again. */
  private static final String BEFORE = "Error: CONCURRENT_TRANSACTIONS";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    boolean noise =
        message.startsWith(OWN_LINK)
            || message.endsWith(BEFORE)
            || (event.getLoggerName().endsWith(CONTROLLER)
                && isOfAnotherController(event.getThrowableProxy()));
    return noise ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static boolean isOfAnotherController(IThrowableProxy thrown) {
    return thrown != null
        && (thrown.getClassName().equals(NotControllerException.class.getName())
            || isOfAnotherController(thrown.getCause()));
  }
}

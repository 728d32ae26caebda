package io.radstream.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.slf4j.LoggerFactory;

/** What a library's exception says, in the same line; with {@code --verbose} also its trace. */
public final class TraceConverter extends ThrowableProxyConverter {

  private static final int LONGEST = 300;

  @Override
  public String convert(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown == null || isVerbose()) {
      String trace = super.convert(event);
      return trace.isEmpty() ? "\n" : "\n" + trace;
    }
    String name = thrown.getClassName();
    String message = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    String brief = message.substring(0, Math.min(LONGEST, message.length()));
    return " (%s: %s)%n".formatted(name.substring(name.lastIndexOf('.') + 1), brief);
  }

  private static boolean isVerbose() {
    return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Verbosity.OURS).isEnabledFor(Level.DEBUG);
  }
}

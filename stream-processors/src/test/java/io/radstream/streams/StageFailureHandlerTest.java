package io.radstream.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StageFailureHandlerTest {

  private final List<Throwable> fatal = new ArrayList<>();
  private final StageFailureHandler handler = new StageFailureHandler(fatal::add, Duration.ZERO);

  static Stream<Throwable> outages() {
    return Stream.of(
        new StreamsException(new TimeoutException("no broker")),
        new StreamsException(new SerializationException(new ConnectException("no registry"))));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void shouldTryAgainAfterAnOutage(Throwable outage) {
    assertThat(handler.handle(outage)).isEqualTo(REPLACE_THREAD);
    assertThat(fatal).isEmpty();
  }

  @Test
  void shouldStopForAnErrorThatNoWaitingMends() {
    TopicAuthorizationException forbidden = new TopicAuthorizationException("not allowed");

    assertThat(handler.handle(new StreamsException(forbidden))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(fatal).containsExactly(forbidden);
  }

  static Stream<Throwable> failuresOfThisMachine() {
    return Stream.of(
        new ProcessorStateException(new IOException("no space left on device")),
        new StreamsException(new ProcessorStateException(new IOException("read-only"))),
        new OutOfMemoryError("Java heap space"),
        new ExceptionInInitializerError(new IOException("no native library")));
  }

  @ParameterizedTest
  @MethodSource("failuresOfThisMachine")
  void shouldNotWaitForThisMachine(Throwable failure) {
    assertThat(handler.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(fatal).hasSize(1);
  }

  @Test
  void shouldTellWhyItStopsWhereItMayNotWait() {
    StreamsException outage = new StreamsException(new TimeoutException("no broker"));
    Thread.currentThread().interrupt();

    assertThat(handler.handle(outage)).isEqualTo(SHUTDOWN_CLIENT);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(fatal).containsExactly(outage.getCause());
  }
}

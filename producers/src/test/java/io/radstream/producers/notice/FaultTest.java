package io.radstream.producers.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {

  @Test
  void shouldTellWhatAndWhereItIsWithoutQuotingTheData() {
    Throwable error = catchThrowable(() -> Long.parseLong("MUELLER"));

    String told = Fault.of(error).toString();

    assertThat(told)
        .startsWith("java.lang.NumberFormatException at java.lang.")
        .contains(", by io.radstream.producers.notice.FaultTest.")
        .doesNotContain("MUELLER");
  }

  @Test
  void shouldTellAnErrorWithoutATrace() {
    Throwable error = new IllegalStateException("MUELLER");
    error.setStackTrace(List.<StackTraceElement>of().toArray(StackTraceElement[]::new));

    String told = Fault.of(error).toString();

    assertThat(told).isEqualTo("java.lang.IllegalStateException");
  }
}

package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageEndTest {

  private final StageEnd end = new StageEnd();

  @Test
  void shouldNotHaveComeWhileAThreadWorks() throws Exception {
    end.onChange(State.RUNNING, State.REBALANCING);

    assertThat(end.await(Duration.ZERO, () -> true)).isFalse();
    assertThat(end.isKnown()).isFalse();
  }

  @Test
  void shouldHaveComeInGoodOrderWhereItWasClosed() throws Exception {
    end.closing();
    end.onChange(State.NOT_RUNNING, State.PENDING_SHUTDOWN);

    assertThat(end.await(Duration.ZERO, () -> false)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_RUNNING", "ERROR"})
  void shouldBeAFailureWhereNobodyClosedIt(State state) {
    end.onChange(state, State.PENDING_ERROR);

    assertThat(end.isKnown()).isTrue();
    assertThatThrownBy(() -> end.await(Duration.ZERO, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended by itself");
  }

  @Test
  void shouldTellTheReasonThatCameFirst() {
    end.failed(new OutOfMemoryError("Java heap space"));
    end.onChange(State.ERROR, State.PENDING_ERROR);

    assertThatThrownBy(() -> end.await(Duration.ZERO, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessage("stream stage stopped: Java heap space");
    assertThatThrownBy(() -> end.requireNotCome(() -> false))
        .isInstanceOf(IOException.class)
        .hasMessage("stream stage stopped: Java heap space");
  }

  @Test
  void shouldBeAFailureWhereNoThreadIsLeft() {
    end.onChange(State.RUNNING, State.REBALANCING);

    assertThatThrownBy(() -> end.await(Duration.ZERO, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no thread left");
    assertThatThrownBy(() -> end.requireNotCome(() -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no thread left");
  }
}

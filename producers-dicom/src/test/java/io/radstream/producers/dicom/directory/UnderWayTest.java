package io.radstream.producers.dicom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class UnderWayTest {

  private final UnderWay underWay = new UnderWay(100);

  @ParameterizedTest
  @CsvSource({"one, 1", "other, 51"})
  void shouldKeepACopyAndWhatHasNoRoomWaiting(String key, int bytes) throws Exception {
    // Given
    underWay.enter("one", 50);
    AtomicBoolean entered = new AtomicBoolean();
    Thread next =
        new Thread(
            () -> {
              underWay.enter(key, bytes);
              entered.set(true);
            });
    next.start();
    while (next.getState() != Thread.State.WAITING && next.isAlive()) {
      Thread.onSpinWait();
    }
    boolean early = entered.get();

    // When
    underWay.leave("one");
    next.join();

    // Then
    assertThat(early).isFalse();
    assertThat(entered).isTrue();
  }

  @Test
  void shouldLetOneAloneThroughHoweverLargeItIs() {
    // Given: two that have come and gone
    underWay.enter("one", 30);
    underWay.enter("two", 70);
    underWay.leave("one");
    underWay.leave("two");

    // When
    CompletableFuture<Void> twice =
        CompletableFuture.runAsync(
            () -> {
              underWay.enter("three", 1000);
              underWay.leave("three");
              underWay.enter("three", 1000);
            });

    // Then
    assertThat(twice).succeedsWithin(Duration.ofSeconds(30));
  }
}

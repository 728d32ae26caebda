package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PixelRoomTest {

  private static final GrayImage SMALL = new GrayImage(10, 4, new byte[40]);
  private static final GrayImage LARGE = new GrayImage(100, 100, new byte[10_000]);

  private final PixelRoom room = new PixelRoom(100);

  @Test
  void shouldHaveNoMoreInHandThanThereIsRoomFor() throws Exception {
    AtomicInteger inHand = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var works =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> threads.submit(() -> room.during(SMALL, () -> work(inHand, most, two))))
              .toList();
      for (Future<?> work : works) {
        work.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(most).hasValue(2);
  }

  /** Waits for the second, so that there are two at once. */
  private static int work(AtomicInteger inHand, AtomicInteger most, CountDownLatch two) {
    int now = inHand.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    two.countDown();
    try {
      two.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return inHand.decrementAndGet();
  }

  @Test
  void shouldAlwaysHaveRoomForOneAndGiveItBackAfterAFailure() {
    assertThatThrownBy(
            () ->
                room.during(
                    LARGE,
                    () -> {
                      throw new IllegalStateException("of the work");
                    }))
        .hasMessage("of the work");

    assertThat(room.<String>during(LARGE, () -> "done")).isEqualTo("done");
  }
}

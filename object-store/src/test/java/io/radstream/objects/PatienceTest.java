package io.radstream.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.objects.ObjectStoreException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PatienceTest {

  private static final Tries HOUR = Tries.after(3600);

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void shouldBeginNoTryOnceAllPausesWouldBeOver() {
    Tries ten = new Tries(Collections.nCopies(10, Duration.ofMillis(1)));

    // A host that is silent: what takes the time are the tries.
    assertThatThrownBy(() -> new Patience(ten, now::get).of(() -> inVain(Duration.ofMillis(4))))
        .hasMessage("away");

    assertThat(asked).hasValue(3);
  }

  @Test
  void shouldTryAsOftenAsThereArePausesWhereAnswersAreQuick() {
    Tries ten = new Tries(Collections.nCopies(10, Duration.ofMillis(1)));

    assertThatThrownBy(() -> new Patience(ten, now::get).of(() -> inVain(Duration.ZERO)))
        .hasMessage("away");

    assertThat(asked).hasValue(11);
  }

  @Test
  @Timeout(60)
  void shouldGiveUpAPauseAndAskNoMoreOnceEnded() throws Exception {
    Patience patience = new Patience(HOUR, now::get);
    CountDownLatch first = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> waiting =
          thread.submit(
              () ->
                  patience.of(
                      () -> {
                        first.countDown();
                        return inVain(Duration.ZERO);
                      }));
      first.await();
      patience.end();

      assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class);
    } finally {
      thread.shutdownNow();
    }
    assertThatThrownBy(() -> patience.of(() -> inVain(Duration.ZERO)))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("not waited for any more");
    assertThat(asked).hasValue(1);
  }

  @Test
  @Timeout(60)
  void shouldStillAskAStoreThatIsThereOnceEnded() throws IOException {
    Patience patience = new Patience(HOUR, now::get);
    patience.end();

    assertThat(patience.<String>of(() -> "taken")).isEqualTo("taken");
    assertThatThrownBy(() -> patience.of(() -> inVain(Duration.ZERO))).hasMessage("away");
  }

  private boolean inVain(Duration taken) throws ObjectStoreException {
    asked.incrementAndGet();
    now.addAndGet(taken.toNanos());
    throw new ObjectStoreException(Kind.AWAY, "away", null);
  }
}

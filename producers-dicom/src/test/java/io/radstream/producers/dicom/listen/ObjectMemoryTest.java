package io.radstream.producers.dicom.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.dicom.listen.ObjectMemory.Holding;
import io.radstream.radiology.CounterRandom;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectMemoryTest {

  private static final int LARGEST = 8;

  /** A data set on its way. */
  private static final class Coming {
    private final Holding holding;
    private int missing;
    private Future<Void> asked = Future.succeededFuture();

    Coming(Holding holding, int length) {
      this.holding = holding;
      this.missing = length;
    }
  }

  @Test
  void shouldNeverLetDataSetsWaitForEachOther() {
    for (int round = 0; round < 500; round++) {
      CounterRandom random = CounterRandom.of(3, "memory", round);
      int total = LARGEST + random.nextInt(2 * LARGEST);
      ObjectMemory memory = new ObjectMemory(total, LARGEST);
      List<Coming> coming = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        coming.add(new Coming(memory.open(), 1 + random.nextInt(LARGEST)));
      }

      while (!coming.isEmpty()) {
        List<Coming> able = coming.stream().filter(it -> it.asked.succeeded()).toList();
        assertThat(able).as("somebody can go on").isNotEmpty();
        step(able.get(random.nextInt(able.size())), coming, memory, random);
        assertThat(memory.used()).isBetween(0L, (long) total);
      }

      assertThat(memory.used()).isZero();
    }
  }

  private static void step(
      Coming one, List<Coming> coming, ObjectMemory memory, CounterRandom random) {
    boolean lost = random.nextInt(10) == 0;
    if (one.missing == 0 || lost) {
      memory.complete(one.holding);
      memory.release(one.holding);
      coming.remove(one);
      return;
    }
    int more = 1 + random.nextInt(one.missing);
    one.missing -= more;
    one.asked = memory.take(one.holding, more);
  }

  @Test
  void shouldLetOthersHaveWhatIsReleased() {
    ObjectMemory memory = new ObjectMemory(LARGEST, LARGEST);
    Holding first = memory.open();
    memory.take(first, LARGEST);
    memory.complete(first);
    Holding second = memory.open();
    Future<Void> asked = memory.take(second, 1);
    boolean before = asked.isComplete();

    memory.release(first);

    assertThat(before).isFalse();
    assertThat(asked.succeeded()).isTrue();
  }

  @Test
  void shouldForgetWhoWaitsNoMore() {
    ObjectMemory memory = new ObjectMemory(LARGEST, LARGEST);
    Holding first = memory.open();
    memory.take(first, LARGEST);
    Holding gone = memory.open();
    memory.take(gone, 1);

    memory.release(gone);
    memory.release(first);

    assertThat(memory.used()).isZero();
  }
}

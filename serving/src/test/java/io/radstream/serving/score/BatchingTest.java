package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.radstream.radiology.study.StudyInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a pass begins. The clock stands still, so that no wait for more ever ends by itself. */
@Timeout(60) // a hang must fail, not stall the build
class BatchingTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final MockClock clock = new MockClock();
  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final FakeNetwork network = new FakeNetwork();
  private final ScoringModel model = FakeNetwork.model("m", network);
  private final MicroBatcher batcher =
      new MicroBatcher(new BatchLimits(4, LONG, 64), clock, sizes::add);

  @AfterEach
  void close() {
    batcher.close();
  }

  private DeviceTask task(OptionalLong deadline, AtomicBoolean gone) {
    int side = network.imageSize();
    StudyInput input =
        new StudyInput(Optional.empty(), new float[3 * side * side], 1, List.of(0, 0, 0));
    return new DeviceTask(model, input, new Patience(deadline, gone::get), clock.monotonicTime());
  }

  private DeviceTask task() {
    return task(OptionalLong.empty(), new AtomicBoolean());
  }

  private DeviceTask submitted(DeviceTask task) {
    batcher.expect();
    batcher.submit(task);
    return task;
  }

  @Test
  void shouldBeginAtOnceWhereNothingIsOnItsWay() throws Exception {
    DeviceTask only = submitted(task());

    assertThat(only.result().get().model().checkpointId()).isEqualTo("m");
    assertThat(sizes).containsExactly(1);
  }

  @Test
  void shouldWaitForWhatIsOnItsWay() throws Exception {
    batcher.expect();
    batcher.expect();
    DeviceTask first = task();
    DeviceTask second = task();

    batcher.submit(first);
    batcher.submit(second);

    first.result().get();
    second.result().get();
    assertThat(sizes).containsExactly(2);
  }

  @Test
  void shouldNotWaitForWhatWillNotCome() throws Exception {
    batcher.expect();
    batcher.expect();
    DeviceTask first = task();
    batcher.submit(first);

    batcher.giveUp();

    first.result().get();
    assertThat(sizes).containsExactly(1);
  }

  @Test
  void shouldNotWaitForMoreThanFitIn() throws Exception {
    List<DeviceTask> tasks = List.of(task(), task(), task(), task());
    batcher.expect(); // one that never comes
    tasks.forEach(task -> batcher.expect());

    tasks.forEach(batcher::submit);

    for (DeviceTask task : tasks) {
      task.result().get();
    }
    assertThat(sizes).containsExactly(4);
    batcher.giveUp();
  }

  @Test
  void shouldSpendNoPassOnWhatCameTooLateOrNobodyWaitsFor() throws Exception {
    CountDownLatch gate = network.shut();
    DeviceTask inside = submitted(task());
    network.awaitEntered();
    AtomicBoolean gone = new AtomicBoolean();
    DeviceTask late = submitted(task(OptionalLong.of(clock.monotonicTime() + 5), gone));
    DeviceTask unwanted = submitted(task(OptionalLong.empty(), gone));
    DeviceTask wanted = submitted(task(OptionalLong.of(Long.MAX_VALUE), new AtomicBoolean()));

    clock.add(Duration.ofNanos(5));
    gone.set(true);
    gate.countDown();

    inside.result().get();
    wanted.result().get();
    assertThat(late.result()).isCompletedExceptionally();
    assertThat(unwanted.result()).isCancelled();
    assertThat(sizes).containsExactly(1, 1);
  }

  @Test
  void shouldTellAnExpiredDeadlineFromAClientThatIsGone() throws Exception {
    CountDownLatch gate = network.shut();
    DeviceTask inside = submitted(task());
    network.awaitEntered();
    DeviceTask late =
        submitted(task(OptionalLong.of(clock.monotonicTime() + 5), new AtomicBoolean()));

    clock.add(Duration.ofNanos(5));
    gate.countDown();

    inside.result().get();
    assertThat(late.result())
        .failsWithin(LONG)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(DeadlineExceededException.class);
  }

  @Test
  void shouldTakeOutWhatWaitsAndLeaveWhatIsInside() throws Exception {
    CountDownLatch gate = network.shut();
    DeviceTask inside = submitted(task());
    network.awaitEntered();
    DeviceTask waiting = submitted(task());

    batcher.withdraw(waiting, new IllegalStateException("not wanted"));
    batcher.withdraw(inside, new IllegalStateException("not wanted"));

    assertThat(waiting.result()).isCompletedExceptionally();
    assertThat(inside.result()).isNotDone();
    gate.countDown();
    inside.result().get();
    assertThat(sizes).containsExactly(1);
  }
}

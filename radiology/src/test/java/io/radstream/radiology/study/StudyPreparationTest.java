package io.radstream.radiology.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // a hang must fail, not stall the build
class StudyPreparationTest {

  private static final int SIDE = 8;
  private static final byte[] BROKEN = {1, 2, 3};

  private final StudyPreparation preparation = new StudyPreparation(SIDE);

  private static byte[] png(int brightness) {
    byte[] pixels = new byte[64 * 64];
    Arrays.fill(pixels, (byte) brightness);
    return ImageEncoder.png(new GrayImage(64, 64, pixels));
  }

  private static StudyViews views(byte[]... views) {
    return new StudyViews(Optional.of("study"), List.of(views));
  }

  private static StudyViews five() {
    return views(IntStream.range(0, 5).mapToObj(view -> png(view * 50)).toArray(byte[][]::new));
  }

  @Test
  void shouldPutTheSelectedViewsInTheirPlaces() {
    StudyInput input = preparation.prepare(five());

    assertThat(input.distinctViews()).isEqualTo(5);
    for (int slot = 0; slot < 3; slot++) {
      float[] plane =
          Arrays.copyOfRange(input.images(), slot * SIDE * SIDE, (slot + 1) * SIDE * SIDE);
      assertThat(plane).containsOnly((input.selection().get(slot) * 50 - 127.5f) / 63.75f);
    }
  }

  @Test
  void shouldGiveTheSameWithHelp() {
    StudyInput alone = preparation.prepare(five());

    StudyInput helped = preparation.prepare(five(), work -> new Thread(work, "helper").start());

    assertThat(helped.images()).isEqualTo(alone.images());
    assertThat(helped.selection()).isEqualTo(alone.selection());
  }

  @Test
  void shouldNotWaitForHelpersThatNeverBegin() {
    Executor idle = work -> {};
    Executor closed =
        work -> {
          throw new RejectedExecutionException();
        };
    float[] alone = preparation.prepare(five()).images();

    assertThat(preparation.prepare(five(), idle).images()).isEqualTo(alone);
    assertThat(preparation.prepare(five(), closed).images()).isEqualTo(alone);
  }

  @Test
  void shouldLeaveNothingToHelpersThatBeginTooLate() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(4);
    Executor late =
        work ->
            new Thread(
                    () -> {
                      await(gate);
                      work.run();
                      ended.countDown();
                    })
                .start();

    StudyInput input = preparation.prepare(five(), late);

    float[] before = input.images().clone();
    gate.countDown();
    ended.await();
    assertThat(input.images()).isEqualTo(before);
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldNameTheFirstViewThatIsNoRadiograph() {
    StudyViews views = views(png(1), BROKEN, png(2), new byte[] {4, 5});

    assertThatThrownBy(() -> preparation.prepare(views, work -> new Thread(work, "helper").start()))
        .isInstanceOf(UnusableViewException.class)
        .hasMessageStartingWith("view 2: ");
    assertThatThrownBy(() -> preparation.prepare(views))
        .isInstanceOf(UnusableViewException.class)
        .hasMessageStartingWith("view 2: ");
  }
}

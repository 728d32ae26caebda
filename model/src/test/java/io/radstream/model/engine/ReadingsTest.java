package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.kernels.HostDevice;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingsTest {

  private final NDManager manager = ComputeDevice.best().newManager();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldGiveNumbersAsTheyWereWhenTheyWereAskedFor() {
    NDArray array = manager.create(new float[] {1, 2});
    try (Readings readings = Readings.of(manager)) {
      Readings.Reading reading = readings.of(array);
      array.addi(5);

      assertThat(reading.numbers()).containsExactly(1, 2);
      assertThat(reading.numbers()).containsExactly(1, 2);
    }
  }

  /** The way of a GPU, with memory of the host for the device's and a card that writes down. */
  @Nested
  class OnACard {

    @TempDir private static Path directory;

    private static PretendedCard card;

    private final NDArray array = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    private final Readings readings =
        new Readings(
            manager,
            Optional.of(new CudaCard(card.context(0), new CudaStreams(card.torch(), 0))),
            false);

    @BeforeAll
    static void compile() throws Exception {
      assumeTrue(HostDevice.isHere(), "g++ is not here");
      card = PretendedCard.in(directory);
    }

    @AfterEach
    void renew() {
      readings.close();
      card.renew();
    }

    @Test
    void shouldWaitForWhatIsWantedAndNoLonger() {
      Readings.Reading first = readings.of(array);
      Readings.Reading second = readings.of(array.sum());
      assertThat(card.journal()).containsExactly("event 1 on 0", "event 2 on 0");

      assertThat(first.numbers()).containsExactly(1, 2, 3, 4);
      assertThat(card.journal()).containsExactly("wait for event 1", "no event 1");
      assertThat(first.numbers()).containsExactly(1, 2, 3, 4);
      assertThat(card.journal()).isEmpty();

      assertThat(second.numbers()).containsExactly(10);
      assertThat(card.journal()).containsExactly("wait for event 2", "no event 2");
    }

    @Test
    void shouldTellOfADeviceThatHasFailedMeanwhile() {
      Readings.Reading reading = readings.of(array);
      card.fail(719);

      assertThatThrownBy(reading::numbers)
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("unspecified launch failure");
    }

    @Test
    void shouldLeaveNothingBehind() {
      Readings.Reading reading = readings.of(array);
      readings.close();

      assertThat(card.journal()).containsExactly("event 1 on 0", "no event 1");
      assertThatThrownBy(reading::numbers).isInstanceOf(IllegalStateException.class);
    }
  }
}

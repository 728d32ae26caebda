package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.kernels.HostDevice;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, registers and the order of calls. */
class CudaStreamsTest {

  private static final int GPU = 1;
  private static final int APART = 4096;

  @TempDir private static Path directory;

  private static PretendedCard card;

  private CudaStreams streams;

  @BeforeAll
  static void compile() throws Exception {
    assumeTrue(HostDevice.isHere(), "g++ is not here");
    card = PretendedCard.in(directory);
  }

  @BeforeEach
  void renew() {
    card.renew();
    streams = new CudaStreams(card.torch(), GPU);
  }

  @Test
  void shouldTellOfStreamsAsTheDriverKnowsThem() {
    assertThat(streams.current().address()).isZero();
    assertThat(streams.ofPool().address()).isEqualTo(APART);
    assertThat(streams.ofPool().address()).isEqualTo(2 * APART);
  }

  @Test
  void shouldWorkOnAStreamAndComeBack() {
    CudaStreams.Stream stream = streams.ofPool();

    long meanwhile = streams.on(stream, () -> streams.current().address());

    assertThat(meanwhile).isEqualTo(stream.address());
    assertThat(streams.current().address()).isZero();
  }

  @Test
  void shouldComeBackWhereTheWorkFails() {
    assertThatThrownBy(
            () ->
                streams.on(
                    streams.ofPool(),
                    () -> {
                      throw new IllegalStateException("as it goes");
                    }))
        .hasMessage("as it goes");

    assertThat(streams.current().address()).isZero();
  }

  @Test
  void shouldHaveMemoryHeldForAStream() {
    TorchEngine.start(1);
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      streams.hold(manager.create(new Shape(2)), streams.ofPool());
    }

    assertThat(card.journal()).containsExactly("lend 1 on 1", "hold for 1 on 1");
  }

  @Test
  void shouldBringWhatIsNewBesideWhatIsComputed() {
    TorchEngine.start(1);
    Crossing crossing = new Crossing(new CudaCard(card.context(GPU), streams));
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      NDArray brought = crossing.bring(() -> manager.create(new float[] {7}));

      assertThat(brought.toFloatArray()).containsExactly(7);
    }
    assertThat(card.journal())
        .containsExactly(
            "lend 1 on 1",
            "current 1 on 1",
            "event 1 on 1",
            "stream 0 waits for event 1",
            "no event 1",
            "hold for 0 on 1",
            "current 0 on 1");
  }

  @Test
  void shouldSayWhichFunctionIsMissing() {
    assertThatThrownBy(() -> card.torch().find("_ZN2at4cuda9CUDAGraph4warpEv"))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessageContaining("warp");
  }
}

package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import io.radstream.model.kernels.HostDevice;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, registers and the order of calls; what a card makes of them only a card can tell. */
class CudaGraphsTest {

  private static final int GPU = 1;

  @TempDir private static Path directory;

  private static PretendedCard card;

  private CudaStreams streams;
  private CudaGraphs graphs;

  @BeforeAll
  static void compile() throws Exception {
    assumeTrue(HostDevice.isHere(), "g++ is not here");
    card = PretendedCard.in(directory);
  }

  @BeforeEach
  void renew() {
    card.renew();
    streams = new CudaStreams(card.torch(), GPU);
    graphs = new CudaGraphs(card.torch(), card.context(GPU));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-DOLD_GRAPH", "-DNEW_GRAPH"})
  void shouldRecordAndDoAgainWhicheverTheVersion(String version, @TempDir Path own)
      throws Exception {
    PretendedCard thisCard = PretendedCard.in(own, version);
    CudaGraphs recorder = new CudaGraphs(thisCard.torch(), thisCard.context(GPU));

    try (RecordedWork work =
        recorder.record(
            () -> {
              thisCard.kernel(7);
              thisCard.kernel(8);
            })) {
      assertThat(thisCard.journal())
          .containsExactly(
              "lend 1 on 1",
              "wait",
              "current 1 on 1",
              "graph",
              "begin on 1 of 1, pool 0-1, mode 1",
              "current 1 on 1",
              "end with 2",
              "current 0 on 1");

      work.replay();
      work.replay();

      assertThat(thisCard.journal())
          .containsExactly("run 7 on 0", "run 8 on 0", "run 7 on 0", "run 8 on 0");
    }
    assertThat(thisCard.journal()).containsExactly("wait", "no graph");
  }

  @Test
  void shouldDoItOnTheStreamThatIsCurrentThen() {
    try (RecordedWork work = graphs.record(() -> card.kernel(7))) {
      CudaStreams.Stream other = streams.ofPool();
      card.journal();

      streams.on(
          other,
          () -> {
            work.replay();
            return other;
          });

      assertThat(card.journal()).containsExactly("current 2 on 1", "run 7 on 2", "current 0 on 1");
    }
  }

  @Test
  void shouldBeAsBeforeWhereTheWorkThrows() {
    assertThatThrownBy(
            () ->
                graphs.record(
                    () -> {
                      card.kernel(7);
                      throw new IllegalArgumentException("no such layer");
                    }))
        .isInstanceOf(CudaException.class)
        .hasMessageContaining("no such layer")
        .hasCauseInstanceOf(IllegalArgumentException.class);

    assertThat(card.journal())
        .endsWith(
            "driver ends",
            "driver begins on 1, mode 1",
            "end with 0",
            "no graph",
            "current 0 on 1");
    assertThatRecordingGoesOn();
  }

  @Test
  void shouldBeAsBeforeWhereTheDeviceCannotRecord() {
    assertThatThrownBy(() -> graphs.record(card::forbidden))
        .isInstanceOf(CudaException.class)
        .hasMessageContaining("by the device");

    assertThat(card.journal())
        .endsWith(
            "driver ends what went wrong",
            "driver begins on 1, mode 1",
            "end with 0",
            "no graph",
            "current 0 on 1");
    assertThatRecordingGoesOn();
  }

  @Test
  void shouldEndARecordingWhoseWorkWentToAnotherStream() {
    RecordedWork work = graphs.record(() -> streams.makeCurrent(streams.ofPool()));

    assertThat(card.journal()).endsWith("current 1 on 1", "end with 0", "current 0 on 1");
    work.close();
  }

  @Test
  void shouldNotBeginOnADeviceThatHasFailed() {
    card.fail(719);

    assertThatThrownBy(() -> graphs.record(() -> card.kernel(7)))
        .isInstanceOf(CudaException.class)
        .hasMessageContaining("unspecified launch failure");

    assertThat(card.journal()).containsExactly("lend 1 on 1", "wait");
  }

  @Test
  void shouldNotDoItAgainOnADeviceThatHasFailed() {
    RecordedWork work = graphs.record(() -> card.kernel(7));
    card.journal();
    card.fail(719);

    assertThatThrownBy(work::replay)
        .isInstanceOf(CudaException.class)
        .hasMessageContaining("unspecified launch failure");

    assertThat(card.journal()).isEmpty();
    card.fail(0);
    work.close();
  }

  @Test
  void shouldShareAStreamAndAPoolWhileThereIsSomethingInIt() {
    RecordedWork first = graphs.record(() -> card.kernel(7));
    RecordedWork second = graphs.record(() -> card.kernel(8));
    first.close();
    RecordedWork third = graphs.record(() -> card.kernel(9));
    second.close();
    third.close();
    graphs.record(() -> card.kernel(10)).close();

    assertThat(card.journal())
        .filteredOn(line -> line.startsWith("begin"))
        .containsExactly(
            "begin on 1 of 1, pool 0-1, mode 1",
            "begin on 1 of 1, pool 0-1, mode 1",
            "begin on 1 of 1, pool 0-1, mode 1",
            "begin on 1 of 1, pool 0-2, mode 1");
  }

  @Test
  void shouldRefuseWhatIsClosed() {
    RecordedWork work = graphs.record(() -> card.kernel(7));
    work.close();
    work.close();

    assertThatThrownBy(work::replay).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldNotBeThereOnACpu() {
    TorchEngine.start(1);
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      assertThat(CudaGraphs.of(manager)).isEmpty();
    }
  }

  private void assertThatRecordingGoesOn() {
    assertThat(card.isRecording()).isFalse();
    assertThat(streams.current().address()).isZero();
    try (RecordedWork work = graphs.record(() -> card.kernel(9))) {
      work.replay();
      assertThat(card.journal()).endsWith("run 9 on 0").noneMatch(line -> line.startsWith("ENDS"));
    }
  }
}

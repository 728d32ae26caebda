package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Pointer;
import io.radstream.model.kernels.HostDevice;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, registers and references. */
class NcclTest {

  private static final int HOLDERS = 8;

  @TempDir private Path directory;

  @Test
  void shouldMakeAGroupOfTheCardsAndGiveItsStoreAway() throws Exception {
    assumeTrue(HostDevice.isHere(), "g++ is not here");
    PretendedCard card = PretendedCard.in(directory);
    Pointer store = Cpp.held(Cpp.allocate(4096));

    Pointer group =
        Nccl.of(card.torch())
            .orElseThrow()
            .connect(
                Cpp.reference(Cpp.heldOnceMore(store)),
                new Seat(1, 3, "127.0.0.1", 29500),
                Duration.ofSeconds(20));

    assertThat(card.journal())
        .containsExactly("NCCL for 1 of 3, 20000 ms, store held by 2, options by 1");
    assertThat(group.getInt(HOLDERS)).isEqualTo(1);
  }

  @Test
  void shouldBeNoneWhereThePyTorchHasNone() {
    assertThat(Nccl.of(new NativeTorch(directory))).isEmpty();
  }
}

package io.radstream.model.kernels.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against the known answers that its authors publish for ten rounds. */
class PhiloxTest {

  @Test
  void shouldDrawWhatIsKnownOfNothing() {
    assertThat(Philox.draw(new int[4], 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void shouldDrawWhatIsKnownOfAllBits() {
    assertThat(Philox.draw(new int[] {-1, -1, -1, -1}, -1L))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void shouldDrawWhatIsKnownOfTheDigitsOfPi() {
    int[] counter = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};

    assertThat(Philox.draw(counter, 0x299f31d0_a4093822L))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }
}

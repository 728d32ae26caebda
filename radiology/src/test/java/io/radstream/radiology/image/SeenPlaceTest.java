package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenPlaceTest {

  @Test
  void shouldTellWhereAPlaceOfTheCropLiesInTheRadiograph() {
    // Given 64 of 73 pixels, 4 of which are cut off before
    ModelInput input = new ModelInput(64);

    assertThat(input.sent(0)).isEqualTo(4.0 / 73);
    assertThat(input.sent(1)).isEqualTo(68.0 / 73);
  }
}

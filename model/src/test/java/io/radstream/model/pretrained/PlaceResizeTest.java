package io.radstream.model.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Expected numbers are those of {@code torch.nn.functional.interpolate(…, mode="bicubic")}. */
class PlaceResizeTest {

  @Test
  void shouldEnlargeAsPyTorchDoes() {
    float[] places = {1, -1, 2, -2, 3, -3, 5, -5};

    float[] resized = new PlaceResize(2, 4).apply(places, 2);

    float[] expected = {
      0.694717f, 0.991730f, 1.480927f, 1.777939f,
      1.323761f, 1.731018f, 2.401794f, 2.809051f,
      2.359833f, 2.948669f, 3.918518f, 4.507355f,
      2.988876f, 3.687958f, 4.839386f, 5.538467f
    };
    for (int place = 0; place < expected.length; place++) {
      assertThat(resized[2 * place]).isCloseTo(expected[place], within(1e-5f));
      assertThat(resized[2 * place + 1]).isCloseTo(-expected[place], within(1e-5f));
    }
  }

  @Test
  void shouldShrinkAsPyTorchDoes() {
    float[] places = {0, 1, 4, 9, 16, 25, 36, 49, 64};

    float[] resized = new PlaceResize(3, 2).apply(places, 1);

    assertThat(resized)
        .containsExactly(new float[] {1.430756f, 6.522369f, 32.39737f, 53.18076f}, within(1e-5f));
  }

  @Test
  void shouldKeepWhatIsEvenEven() {
    float[] resized = new PlaceResize(14, 24).apply(filled(14 * 14), 1);

    assertThat(resized).hasSize(24 * 24).containsOnly(2);
  }

  private static float[] filled(int length) {
    float[] values = new float[length];
    Arrays.fill(values, 2);
    return values;
  }
}

package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import org.junit.jupiter.api.Test;

/** Digests of batches hang on each bit of what a warp shows. */
class WarpTest {

  private static final ModelInput INPUT = new ModelInput(56);

  @Test
  void shouldShowEachPixelAsItsPlaceAndShadeTell() {
    GrayImage square = noise(INPUT.resizedSide());
    CounterRandom random = CounterRandom.of(1, "warps");
    Augmentation wild = new Augmentation(true, true, 180, 0.4, 0.6);
    for (int i = 0; i < 40; i++) {
      Warp warp = Warp.draw(i % 2 == 0 ? wild : Augmentation.paper(), INPUT, i % 3 == 0, random);
      float[] shown = new float[7 + INPUT.size() * INPUT.size()];

      warp.apply(square, INPUT.size(), shown, 7);

      assertThat(shown).isEqualTo(plain(warp, square));
    }
  }

  private static float[] plain(Warp warp, GrayImage square) {
    int size = INPUT.size();
    float[] values = new float[7 + size * size];
    double cosine = Math.cos(warp.radians());
    double sine = Math.sin(warp.radians());
    double middle = (size - 1) / 2.0;
    for (int y = 0; y < size; y++) {
      double dy = y - middle;
      for (int x = 0; x < size; x++) {
        double dx = warp.mirrored() ? middle - x : x - middle;
        double sourceX = warp.left() + middle + cosine * dx - sine * dy;
        double sourceY = warp.top() + middle + sine * dx + cosine * dy;
        double brightness = Warp.bilinear(square, sourceX, sourceY);
        double shaded = warp.gain() * (brightness - 127.5) + 127.5 + warp.bias();
        values[7 + y * size + x] = ModelInput.normalise((float) Math.min(255, Math.max(0, shaded)));
      }
    }
    return values;
  }

  private static GrayImage noise(int side) {
    byte[] pixels = new byte[side * side];
    CounterRandom.of(1, "noise").nextBytes(pixels);
    return new GrayImage(side, side, pixels);
  }
}

package io.radstream.trainer.augment;

import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import java.util.random.RandomGenerator;

/**
 * The same radiograph cropped, turned and shaded anew, within the same limits. It is mirrored if,
 * and only if, the first is: otherwise an objective that takes both for one would teach that sides
 * do not matter.
 */
record SecondView(Augmentation limits, ModelInput input) implements CompanionPicture {

  @Override
  public void draw(Shown shown, float[] target, int offset, RandomGenerator random) {
    Warp.draw(limits, input, shown.mirrored(), random)
        .apply(shown.square(), input.size(), target, offset);
  }
}

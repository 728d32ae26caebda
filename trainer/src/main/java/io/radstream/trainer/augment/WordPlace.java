package io.radstream.trainer.augment;

import io.radstream.model.network.CompanionKind;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import java.util.random.RandomGenerator;

/**
 * A part of a radiograph, of those that are words of anatomy (Haghighi et al., 2021): a square
 * about one of {@link CompanionKind#WORDS} middles, which are the same for every run, in one of
 * three sizes. It is cut from the radiograph as it came: a random crop would move it by more than
 * one word is from the next.
 *
 * @param number of the middle, from 0 on: the word's class
 * @param left of the square, in parts of the radiograph's side
 * @param top of the square
 * @param size of its side
 */
record WordPlace(int number, double left, double top, double size) {

  /** Sides, in parts of the radiograph's: ours; the paper has three, too. */
  private static final double[] SIZES = {0.3, 0.4, 0.5};

  private static final double LARGEST = 0.5;

  static WordPlace draw(RandomGenerator random) {
    int number = random.nextInt(CompanionKind.WORDS);
    double size = SIZES[random.nextInt(SIZES.length)];
    CounterRandom place = CounterRandom.of(0, "word", number);
    double x = middle(place.nextDouble());
    double y = middle(place.nextDouble());
    return new WordPlace(number, x - size / 2, y - size / 2, size);
  }

  /** Such that the largest square is within the radiograph. */
  private static double middle(double part) {
    return LARGEST / 2 + part * (1 - LARGEST);
  }

  /** The part as side × side normalised values, row by row. */
  void cut(GrayImage radiograph, int side, float[] target, int offset) {
    int next = offset;
    for (int y = 0; y < side; y++) {
      double row = (top + size * (y + 0.5) / side) * radiograph.height() - 0.5;
      for (int x = 0; x < side; x++) {
        double column = (left + size * (x + 0.5) / side) * radiograph.width() - 0.5;
        target[next++] = ModelInput.normalise((float) Warp.bilinear(radiograph, column, row));
      }
    }
  }
}

package io.radstream.trainer.augment;

import io.radstream.radiology.image.ModelInput;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What Models Genesis restores (Zhou et al., 2021, "Models Genesis", Medical Image Analysis
 * 67:101840, section 3.2), with the probabilities of the paper: pixels of small windows shuffled
 * (0.5), then brightness along a monotone curve (0.9), then something painted over (0.9): windows
 * (in-painting, 0.2 of these) or all but windows (out-painting, 0.8), with random brightness. The
 * paper's flips are left out: a flip is not undone by restoring, and sides matter here.
 *
 * <p>Sizes, as parts of the picture's side, are those of the authors' code: windows that are
 * shuffled up to a tenth, windows of the in-painting a sixth to a third, of the out-painting three
 * to four sevenths, one to five of them. The share of pixels that is shuffled is ours: windows are
 * drawn until they have as many pixels as half of the picture, overlaps counted twice.
 *
 * @param side of the picture, in pixels; at least 2
 */
record DistortedPicture(int side) implements CompanionPicture {

  static final double SHUFFLED = 0.5;
  static final double RESHADED = 0.9;
  static final double PAINTED = 0.9;
  static final double PAINTED_INSIDE = 0.2;

  private static final int MOST_WINDOWS = 5;
  private static final double ANOTHER_WINDOW = 0.95;
  private static final float DARKEST = ModelInput.normalise(0);
  private static final float BRIGHTEST = ModelInput.normalise(255);

  /** A rectangle of the picture, in pixels. */
  private record Window(int left, int top, int width, int height) {}

  @Override
  public void draw(Shown shown, float[] target, int offset, RandomGenerator random) {
    float[] picture =
        Arrays.copyOfRange(shown.values(), shown.offset(), shown.offset() + side * side);
    if (random.nextDouble() < SHUFFLED) {
      shuffle(picture, random);
    }
    if (random.nextDouble() < RESHADED) {
      reshade(picture, MonotoneCurve.draw(random));
    }
    if (random.nextDouble() < PAINTED) {
      if (random.nextDouble() < PAINTED_INSIDE) {
        paintInside(picture, random);
      } else {
        paintOutside(picture, random);
      }
    }
    System.arraycopy(picture, 0, target, offset, picture.length);
  }

  private void shuffle(float[] picture, RandomGenerator random) {
    int most = Math.max(2, side / 10);
    int left = side * side / 2;
    while (left > 0) {
      Window window = window(1, most, random);
      shuffle(picture, window, random);
      left -= window.width() * window.height();
    }
  }

  /** Fisher and Yates, over the pixels of a window. */
  private void shuffle(float[] picture, Window window, RandomGenerator random) {
    for (int i = window.width() * window.height() - 1; i > 0; i--) {
      int one = pixel(window, i);
      int other = pixel(window, random.nextInt(i + 1));
      float kept = picture[one];
      picture[one] = picture[other];
      picture[other] = kept;
    }
  }

  private int pixel(Window window, int number) {
    return (window.top() + number / window.width()) * side
        + window.left()
        + number % window.width();
  }

  private static void reshade(float[] picture, MonotoneCurve curve) {
    float range = BRIGHTEST - DARKEST;
    for (int i = 0; i < picture.length; i++) {
      picture[i] = DARKEST + range * (float) curve.at((picture[i] - DARKEST) / range);
    }
  }

  private void paintInside(float[] picture, RandomGenerator random) {
    int windows = MOST_WINDOWS;
    do {
      Window window = window(side / 6, side / 3, random);
      for (int i = 0; i < window.width() * window.height(); i++) {
        picture[pixel(window, i)] = brightness(random);
      }
      windows--;
    } while (windows > 0 && random.nextDouble() < ANOTHER_WINDOW);
  }

  private void paintOutside(float[] picture, RandomGenerator random) {
    float[] before = picture.clone();
    for (int i = 0; i < picture.length; i++) {
      picture[i] = brightness(random);
    }
    int windows = MOST_WINDOWS;
    do {
      Window window = window(side * 3 / 7, side * 4 / 7, random);
      for (int i = 0; i < window.width() * window.height(); i++) {
        int pixel = pixel(window, i);
        picture[pixel] = before[pixel];
      }
      windows--;
    } while (windows > 0 && random.nextDouble() < ANOTHER_WINDOW);
  }

  private static float brightness(RandomGenerator random) {
    return DARKEST + (BRIGHTEST - DARKEST) * random.nextFloat();
  }

  /** Anywhere inside, of sides between these, each by itself. */
  private Window window(int least, int most, RandomGenerator random) {
    int width = random.nextInt(Math.max(1, least), Math.max(1, most) + 1);
    int height = random.nextInt(Math.max(1, least), Math.max(1, most) + 1);
    return new Window(
        random.nextInt(side - width + 1), random.nextInt(side - height + 1), width, height);
  }
}

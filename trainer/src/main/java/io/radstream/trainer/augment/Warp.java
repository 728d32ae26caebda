package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import java.util.random.RandomGenerator;

/**
 * How one view is shown once: crop, mirror, turn and brightness, all in one pass over the pixels,
 * so that nothing is blurred twice.
 *
 * @param left of the crop, in pixels of the resized square
 * @param top of the crop
 * @param mirrored left to right
 * @param radians turn about the crop's middle
 * @param gain contrast about middle gray; 1 changes nothing
 * @param bias added brightness, of 255
 */
record Warp(int left, int top, boolean mirrored, double radians, double gain, double bias) {

  private static final double MIDDLE_GRAY = 127.5;

  /** The middle of the image, as it is. */
  static Warp none(ModelInput input) {
    int margin = (input.resizedSide() - input.size()) / 2;
    return new Warp(margin, margin, false, 0, 1, 0);
  }

  static Warp draw(
      Augmentation limits, ModelInput input, boolean mirrored, RandomGenerator random) {
    int room = input.resizedSide() - input.size() + 1;
    Warp middle = none(input);
    int left = random.nextInt(room);
    int top = random.nextInt(room);
    double turn = between(random, limits.rotationDegrees());
    double gain = 1 + between(random, limits.contrast());
    double bias = 255 * between(random, limits.brightness());
    return new Warp(
        limits.crop() ? left : middle.left(),
        limits.crop() ? top : middle.top(),
        mirrored,
        Math.toRadians(turn),
        gain,
        bias);
  }

  private static double between(RandomGenerator random, double limit) {
    return limit * (2 * random.nextDouble() - 1);
  }

  /** Writes size × size normalised values, row by row. */
  void apply(GrayImage square, int size, float[] target, int offset) {
    double cosine = Math.cos(radians);
    double sine = Math.sin(radians);
    double middle = (size - 1) / 2.0;
    double[] columns = new double[size];
    double[] rows = new double[size];
    for (int x = 0; x < size; x++) {
      double dx = mirrored ? middle - x : x - middle;
      columns[x] = left + middle + cosine * dx;
      rows[x] = top + middle + sine * dx;
    }
    double[] values = new double[size];
    for (int y = 0; y < size; y++) {
      double dy = y - middle;
      new Slant(columns, rows, sine * dy, cosine * dy).read(square, values);
      shade(values);
      normalise(values, target, offset + y * size);
    }
  }

  private void shade(double[] values) {
    for (int x = 0; x < values.length; x++) {
      double shaded = gain * (values[x] - MIDDLE_GRAY) + MIDDLE_GRAY + bias;
      values[x] = Math.min(255.0, Math.max(0.0, shaded));
    }
  }

  /** In two passes, of which the second one is done on many values at once. */
  private static void normalise(double[] values, float[] target, int from) {
    for (int x = 0; x < values.length; x++) {
      target[from + x] = (float) values[x];
    }
    for (int i = from; i < from + values.length; i++) {
      target[i] = ModelInput.normalise(target[i]);
    }
  }

  /** Beyond the border the border's pixels go on. */
  static double bilinear(GrayImage image, double x, double y) {
    double insideX = Math.min(image.width() - 1.0, Math.max(0, x));
    double insideY = Math.min(image.height() - 1.0, Math.max(0, y));
    int x0 = (int) insideX;
    int y0 = (int) insideY;
    int x1 = Math.min(image.width() - 1, x0 + 1);
    int y1 = Math.min(image.height() - 1, y0 + 1);
    double fx = insideX - x0;
    double fy = insideY - y0;
    double upper = image.at(x0, y0) * (1 - fx) + image.at(x1, y0) * fx;
    double lower = image.at(x0, y1) * (1 - fx) + image.at(x1, y1) * fx;
    return upper * (1 - fy) + lower * fy;
  }
}

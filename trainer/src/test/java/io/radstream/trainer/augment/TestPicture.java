package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;

/**
 * A picture from which one can read what was done to it: a gray disk in its middle, a lighter mark
 * to the right of it and one above, on a darker ground. Sizes are in parts of the input's side.
 */
final class TestPicture {

  private static final double GROUND = 70;
  private static final double DISK = 150;
  private static final double MARK = 200;

  private static final double DISK_RADIUS = 0.09;
  private static final double MARK_RADIUS = 0.045;
  private static final double MARK_DISTANCE = 0.36;

  /** No mark comes as near to the middle of a crop, and the disk does not reach as far. */
  private static final double BETWEEN = 0.205;

  /**
   * What was done to the picture, as its pixels tell.
   *
   * @param left of the crop in the resized picture, in pixels
   * @param degrees against the clock, as seen
   * @param gain contrast about middle gray
   * @param bias added brightness, of 255
   */
  record Seen(
      double left, double top, double degrees, boolean mirrored, double gain, double bias) {}

  private record Place(double x, double y) {

    Place from(Place other) {
      return new Place(x - other.x, y - other.y);
    }

    Place mirrored() {
      return new Place(-x, y);
    }

    Place turned(double radians) {
      return new Place(
          Math.cos(radians) * x - Math.sin(radians) * y,
          Math.sin(radians) * x + Math.cos(radians) * y);
    }
  }

  private interface Part {
    boolean holds(double x, double y);
  }

  private final ModelInput input;

  TestPicture(ModelInput input) {
    this.input = input;
  }

  /** The resized picture. */
  GrayImage image() {
    int side = input.resizedSide();
    double middle = (side - 1) / 2.0;
    byte[] pixels = new byte[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double right = (x - middle) / input.size();
        double down = (y - middle) / input.size();
        pixels[y * side + x] = (byte) shade(right, down);
      }
    }
    return new GrayImage(side, side, pixels);
  }

  private static double shade(double right, double down) {
    if (Math.hypot(right, down) <= DISK_RADIUS) {
      return DISK;
    }
    boolean isMark =
        Math.hypot(right - MARK_DISTANCE, down) <= MARK_RADIUS
            || Math.hypot(right, down + MARK_DISTANCE) <= MARK_RADIUS;
    return isMark ? MARK : GROUND;
  }

  /**
   * Reads a picture as the network gets it.
   *
   * @param values of one view or more
   * @param offset of the view
   */
  Seen read(float[] values, int offset) {
    double near = Math.pow(BETWEEN * input.size(), 2);
    Place disk = center(values, offset, (x, y) -> x * x + y * y < near);
    Place side =
        center(values, offset, (x, y) -> x * x + y * y >= near && Math.abs(x) > Math.abs(y))
            .from(disk);
    Place above =
        center(values, offset, (x, y) -> x * x + y * y >= near && Math.abs(x) <= Math.abs(y))
            .from(disk);
    boolean mirrored = side.x() * above.y() - side.y() * above.x() > 0;
    Place right = mirrored ? side.mirrored() : side;
    double radians = Math.atan2(-right.y(), right.x());
    Place shift = (mirrored ? disk.mirrored() : disk).turned(radians);
    double margin = (input.resizedSide() - input.size()) / 2.0;
    double ground = brightness(values[offset]);
    double gain = (brightness(values[at(disk, offset)]) - ground) / (DISK - GROUND);
    return new Seen(
        margin - shift.x(),
        margin - shift.y(),
        Math.toDegrees(radians),
        mirrored,
        gain,
        ground - 127.5 - gain * (GROUND - 127.5));
  }

  /** The middle of what is lighter than the ground, from the middle of the picture. */
  private Place center(float[] values, int offset, Part part) {
    double middle = (input.size() - 1) / 2.0;
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < input.size() * input.size(); i++) {
      double x = i % input.size() - middle;
      double y = Math.floorDiv(i, input.size()) - middle;
      double weight = part.holds(x, y) ? values[offset + i] - values[offset] : 0;
      sum += weight;
      sumX += weight * x;
      sumY += weight * y;
    }
    return new Place(sumX / sum, sumY / sum);
  }

  private int at(Place place, int offset) {
    double middle = (input.size() - 1) / 2.0;
    return offset
        + (int) Math.round(place.y() + middle) * input.size()
        + (int) Math.round(place.x() + middle);
  }

  private static double brightness(float value) {
    return value * ModelInput.DEVIATION + ModelInput.MEAN;
  }
}

package io.radstream.producers.phantom;

import io.radstream.radiology.CounterRandom;

/**
 * What makes one exposure of a patient differ from the next.
 *
 * @param shiftX to the right, as a fraction of the image's side
 * @param shiftY downwards
 * @param zoom more than 1 magnifies
 * @param sine of the rotation in the image plane
 * @param cosine of the same
 * @param gain contrast
 * @param offset brightness added
 * @param curve positive brightens the middle of the scale
 * @param noise standard deviation of the grain
 */
record Exposure(
    double shiftX,
    double shiftY,
    double zoom,
    double sine,
    double cosine,
    double gain,
    double offset,
    double curve,
    double noise) {

  private static final double CENTER = 0.5;

  static Exposure draw(CounterRandom random) {
    double rotation = random.nextDouble(-0.05, 0.05);
    return new Exposure(
        random.nextDouble(-0.02, 0.02),
        random.nextDouble(-0.02, 0.02),
        random.nextDouble(0.95, 1.04),
        StrictMath.sin(rotation),
        StrictMath.cos(rotation),
        random.nextDouble(0.88, 1.05),
        random.nextDouble(-0.02, 0.05),
        random.nextDouble(-0.15, 0.2),
        random.nextDouble(0.008, 0.02));
  }

  /** By another detector. */
  Exposure with(double otherGain, double otherOffset) {
    return new Exposure(
        shiftX, shiftY, zoom, sine, cosine, gain * otherGain, offset + otherOffset, curve, noise);
  }

  /** Where in the patient a place in the image lies: the horizontal coordinate. */
  double patientX(double x, double y) {
    double dx = x - CENTER - shiftX;
    double dy = y - CENTER - shiftY;
    return CENTER + (cosine * dx + sine * dy) / zoom;
  }

  /** Where in the patient a place in the image lies: the vertical coordinate. */
  double patientY(double x, double y) {
    double dx = x - CENTER - shiftX;
    double dy = y - CENTER - shiftY;
    return CENTER + (cosine * dy - sine * dx) / zoom;
  }

  /** What the detector makes of a density from 0 to 1, before grain. */
  double develop(double density) {
    double clipped = Math.max(0, Math.min(1, density));
    double curved = clipped * (1 + curve * (1 - clipped));
    return offset + gain * curved;
  }
}

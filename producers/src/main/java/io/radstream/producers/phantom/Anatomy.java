package io.radstream.producers.phantom;

import io.radstream.radiology.CounterRandom;

/**
 * What makes one patient differ from another. Lengths are fractions of the image's side.
 *
 * @param chestHalfWidth from the midline to the inner chest wall at the base
 * @param apex height of the lung apices
 * @param dome height of the right hemidiaphragm; the left is {@code domeDrop} lower
 * @param habitus soft tissue beside the chest wall
 * @param cardiothoracicRatio heart width to chest width of a healthy heart
 * @param enlargedRatio the same where the heart is enlarged
 * @param ribSpacing from rib to rib
 * @param mediastinum half width of the shadow above the heart
 * @param lungDensity brightness of the lungs
 * @param boneDensity how much the ribs stand out
 */
record Anatomy(
    double chestHalfWidth,
    double apex,
    double dome,
    double domeDrop,
    double habitus,
    double cardiothoracicRatio,
    double enlargedRatio,
    double ribSpacing,
    double mediastinum,
    double lungDensity,
    double boneDensity) {

  static Anatomy draw(CounterRandom random) {
    return new Anatomy(
        random.nextDouble(0.31, 0.36),
        random.nextDouble(0.12, 0.16),
        random.nextDouble(0.69, 0.75),
        random.nextDouble(0.01, 0.03),
        random.nextDouble(0.05, 0.11),
        random.nextDouble(0.40, 0.46),
        random.nextDouble(0.60, 0.66),
        random.nextDouble(0.062, 0.072),
        random.nextDouble(0.05, 0.065),
        random.nextDouble(0.17, 0.23),
        random.nextDouble(0.06, 0.10));
  }
}

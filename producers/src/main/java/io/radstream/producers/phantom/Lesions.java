package io.radstream.producers.phantom;

import io.radstream.producers.phantom.Abnormality.Nodule;
import io.radstream.producers.phantom.Abnormality.Opacity;
import io.radstream.radiology.CounterRandom;
import java.util.Optional;

/**
 * Where the patchy opacity and the nodule of a study lie, the same in all its views.
 *
 * @param opacity if there is one
 * @param nodule if there is one
 */
record Lesions(Optional<Spot> opacity, Optional<Spot> nodule) {

  private static final double OPACITY_DENSITY = 0.5;
  private static final double NODULE_DENSITY = 0.5;

  /**
   * A place in the chest.
   *
   * @param depth 0 at the apex, 1 at the costophrenic angle
   * @param lateral 0 at the midline, 1 at the chest wall
   * @param dorsal 0 at the sternum, 1 at the spine
   * @param radius as a fraction of the image's side
   */
  record Spot(Side side, double depth, double lateral, double dorsal, double radius) {}

  static Lesions draw(Truth truth, CounterRandom random) {
    Optional<Spot> opacity =
        truth
            .find(Opacity.class)
            .map(it -> spot(it.side(), it.zone(), random, random.nextDouble(0.11, 0.14)));
    Optional<Spot> nodule =
        truth
            .find(Nodule.class)
            // Some 25 to 30 mm across, in a field of 36 cm: what is larger is called a mass.
            .map(it -> spot(it.side(), it.zone(), random, random.nextDouble(0.035, 0.042)));
    return new Lesions(opacity, nodule);
  }

  /** The others, where they are. */
  Lesions without(Finding finding) {
    return new Lesions(
        finding == Finding.OPACITY ? Optional.empty() : opacity,
        finding == Finding.NODULE ? Optional.empty() : nodule);
  }

  private static Spot spot(Side side, Zone zone, CounterRandom random, double radius) {
    double depth =
        switch (zone) {
          case UPPER -> 0.24;
          case MID -> 0.47;
          case LOWER -> 0.69;
        };
    return new Spot(
        side,
        depth + random.nextDouble(-0.03, 0.03),
        // A low one lies beside the heart, not behind it.
        random.nextDouble(0, 0.12) + (zone == Zone.LOWER ? 0.7 : 0.54),
        random.nextDouble(0.25, 0.7),
        radius);
  }

  /** Density of the hazy patch at a distance from its middle. */
  static double haze(Spot spot, double dx, double dy, double texture) {
    double bump = Softly.bump(Softly.ellipse(dx, dy, 1.15 * spot.radius(), spot.radius()));
    return OPACITY_DENSITY * bump * (1 + 0.35 * texture);
  }

  /** Density of the round spot at a distance from its middle. */
  static double disc(Spot spot, double dx, double dy) {
    double distance = Math.sqrt(dx * dx + dy * dy);
    return NODULE_DENSITY * (1 - Softly.step(0.8 * spot.radius(), 1.15 * spot.radius(), distance));
  }
}

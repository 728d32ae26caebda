package io.radstream.producers.phantom;

import io.radstream.producers.phantom.Lesions.Spot;
import io.radstream.radiology.CounterRandom;

/** The chest from the front. The patient's left is on the image's right. */
final class FrontalChest implements Scene {

  private static final double AIR = 0.02;
  private static final double SOFT_TISSUE = 0.58;
  private static final double FLUID = 0.80;
  private static final double MIDLINE = 0.5;

  private final Anatomy anatomy;
  private final Hemithorax leftChest;
  private final Hemithorax rightChest;
  private final Pleura leftPleura;
  private final Pleura rightPleura;
  private final Lesions lesions;
  private final Mediastinum mediastinum;
  private final RibCage bones;
  private final CloudNoise texture;

  FrontalChest(
      Anatomy anatomy, Truth truth, CounterRandom random, CloudNoise texture, boolean portable) {
    this(anatomy, truth, Lesions.draw(truth, random), texture, portable);
  }

  FrontalChest(
      Anatomy anatomy, Truth truth, Lesions lesions, CloudNoise texture, boolean portable) {
    this.anatomy = anatomy;
    this.leftChest = new Hemithorax(anatomy, Side.LEFT);
    this.rightChest = new Hemithorax(anatomy, Side.RIGHT);
    this.leftPleura = new Pleura(leftChest, Side.LEFT, truth);
    this.rightPleura = new Pleura(rightChest, Side.RIGHT, truth);
    this.lesions = lesions;
    this.mediastinum = new Mediastinum(anatomy, truth.has(Finding.CARDIOMEGALY), portable);
    this.bones = new RibCage(anatomy, portable);
    this.texture = texture;
  }

  @Override
  public double density(double x, double y) {
    double fromMidline = x - MIDLINE;
    double lateral = Math.abs(fromMidline);
    double body = body(lateral, y);
    if (body <= AIR) {
      return AIR;
    }
    boolean left = fromMidline > 0;
    Hemithorax chest = left ? leftChest : rightChest;
    Pleura pleura = left ? leftPleura : rightPleura;
    double cavity = chest.cavity(lateral, y);
    double density = left ? body - stomachBubble(lateral, y) : body;
    if (cavity > 0) {
      double lung = lung(pleura, lateral, y, x) + lesions(chest, left, lateral, y, x);
      density = Softly.mix(density, lung, cavity);
    }
    density += bones.density(chest, lateral, y);
    density = mediastinum.over(density, fromMidline, y);
    return Softly.mix(density, FLUID, 0.94 * cavity * pleura.fluid(lateral, y));
  }

  private double body(double lateral, double y) {
    double neckToShoulder = 0.11 + 0.5 * Softly.step(0.0, 0.2, y);
    double trunk = anatomy.chestHalfWidth() + anatomy.habitus() + 0.02;
    double halfWidth = Softly.mix(neckToShoulder, trunk, Softly.step(0.26, 0.5, y));
    double depth = Softly.step(0, 0.09, halfWidth - lateral);
    double abdomen = 0.17 * Softly.step(-0.02, 0.06, y - leftChest.diaphragm(lateral));
    double thickness = 0.55 + 0.45 * depth;
    return halfWidth <= lateral
        ? AIR
        : (SOFT_TISSUE * thickness + abdomen) * Softly.step(0, 0.012, halfWidth - lateral);
  }

  private double lung(Pleura pleura, double lateral, double y, double x) {
    double air = pleura.air(lateral, y);
    double hilum = Softly.bump(Softly.ellipse(lateral - 0.08, y - 0.46, 0.17, 0.2));
    double markings = 0.05 + 0.10 * hilum;
    double base = anatomy.lungDensity() + 0.06 * Softly.step(0.45, 0.8, y);
    double aerated = base + 0.13 * hilum + markings * texture.at(x, y);
    double lung = Softly.mix(aerated + (pleura.collapsed() ? 0.05 : 0), 0.045, air);
    return lung + 0.34 * pleura.visceralLine(lateral, y);
  }

  private double lesions(Hemithorax chest, boolean left, double lateral, double y, double x) {
    Side side = left ? Side.LEFT : Side.RIGHT;
    double density = 0;
    if (lesions.opacity().isPresent() && lesions.opacity().get().side() == side) {
      Spot spot = lesions.opacity().get();
      density += Lesions.haze(spot, dx(chest, spot, lateral), dy(chest, spot, y), texture.at(y, x));
    }
    if (lesions.nodule().isPresent() && lesions.nodule().get().side() == side) {
      Spot spot = lesions.nodule().get();
      density += Lesions.disc(spot, dx(chest, spot, lateral), dy(chest, spot, y));
    }
    return density;
  }

  private static double dx(Hemithorax chest, Spot spot, double lateral) {
    return lateral - spot.lateral() * chest.wall(chest.atDepth(spot.depth()));
  }

  private static double dy(Hemithorax chest, Spot spot, double y) {
    return y - chest.atDepth(spot.depth());
  }

  private double stomachBubble(double lateral, double y) {
    double top = leftChest.dome() + 0.055;
    return 0.3 * Softly.bump(Softly.ellipse(lateral - 0.15, y - top, 0.075, 0.035));
  }
}

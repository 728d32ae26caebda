package io.radstream.producers.phantom;

/** Ribs, clavicles, shoulder blades and the heads of the arms from the front. */
final class RibCage {

  private static final int RIBS = 10;
  private static final double RIB = 0.013;

  private final Anatomy anatomy;
  private final boolean portable;

  RibCage(Anatomy anatomy, boolean portable) {
    this.anatomy = anatomy;
    this.portable = portable;
  }

  double density(Hemithorax chest, double lateral, double y) {
    return ribs(chest, lateral, y) + clavicle(lateral, y) + shoulder(lateral, y);
  }

  private double ribs(Hemithorax chest, double lateral, double y) {
    double wall = chest.wall(y) + 0.03;
    double within = Softly.step(0, 0.012, wall - lateral) * Softly.step(0.03, 0.05, lateral);
    double above = Softly.step(-0.07, 0.02, chest.diaphragm(lateral) - y);
    if (within * above == 0) {
      return 0;
    }
    double u = lateral / chest.halfWidth();
    double back = y - 0.085 * u - 0.06 * u * u * u;
    double front = y + 0.20 * u - 0.34;
    double frontShare = 0.55 * Softly.step(0.35, 0.5, u);
    double density = comb(back) + frontShare * comb(front);
    return anatomy.boneDensity() * within * above * density;
  }

  /** Bands at equal spacing: one for each rib, a little denser at its edges. */
  private double comb(double position) {
    double ribs = (position - anatomy.apex()) / anatomy.ribSpacing();
    double nearest = Math.rint(ribs);
    if (nearest < 0 || nearest >= RIBS) {
      return 0;
    }
    double distance = (ribs - nearest) * anatomy.ribSpacing();
    double edge = Softly.band(Math.abs(distance) - 0.8 * RIB, 0.35 * RIB);
    return 0.8 * Softly.band(distance, RIB) + 0.35 * edge;
  }

  private double clavicle(double lateral, double y) {
    double along = Softly.step(0.03, 0.05, lateral) * (1 - Softly.step(0.29, 0.33, lateral));
    double wave = 0.012 * (Softly.step(0.04, 0.18, lateral) - Softly.step(0.18, 0.32, lateral));
    double line = anatomy.apex() + 0.065 - 0.2 * lateral + wave;
    return 0.16 * along * Softly.band(y - line, 0.017);
  }

  private double shoulder(double lateral, double y) {
    double blade = portable ? 0.045 : 0.02;
    double edge = anatomy.chestHalfWidth() * (portable ? 0.78 : 0.95);
    double extent = Softly.step(0.14, 0.2, y) * (1 - Softly.step(0.4, 0.5, y));
    double scapula = blade * extent * Softly.step(edge - 0.01, edge + 0.01, lateral);
    double head = 0.2 * Softly.bump(Softly.ellipse(lateral - 0.44, y - 0.16, 0.08, 0.09));
    return scapula + head;
  }
}

package io.radstream.producers.phantom;

/**
 * One half of the chest seen from the front, in coordinates that hold for both: {@code lateral} is
 * the distance from the midline, {@code y} the height from the top.
 */
final class Hemithorax {

  /** How far the costophrenic angle lies below the dome. */
  private static final double SULCUS = 0.11;

  private static final double MEDIAL_SLOPE = 0.03;
  private static final double DOME_AT = 0.42;
  private static final double EDGE = 0.008;

  private final double halfWidth;
  private final double apex;
  private final double dome;

  Hemithorax(Anatomy anatomy, Side side) {
    this.halfWidth = anatomy.chestHalfWidth();
    this.apex = anatomy.apex();
    this.dome = side == Side.LEFT ? anatomy.dome() + anatomy.domeDrop() : anatomy.dome();
  }

  double halfWidth() {
    return halfWidth;
  }

  double dome() {
    return dome;
  }

  /** 0 at the apex, 1 at the costophrenic angle. */
  double depth(double y) {
    return (y - apex) / (dome + SULCUS - apex);
  }

  /** The height of a depth. */
  double atDepth(double depth) {
    return apex + depth * (dome + SULCUS - apex);
  }

  /** Where the inner chest wall is. */
  double wall(double y) {
    return contour(halfWidth, depth(y));
  }

  /** The outline of a lung that has this half width, at a depth from its own apex. */
  static double contour(double halfWidth, double depth) {
    double v = Math.max(0, Math.min(1, depth));
    double root = Math.sqrt(v);
    return halfWidth * (0.65 * Math.sqrt(root) + 0.35 * root);
  }

  /** Height of the diaphragm. */
  double diaphragm(double lateral) {
    double middle = DOME_AT * halfWidth;
    double fall = lateral > middle ? SULCUS : MEDIAL_SLOPE;
    double reach = lateral > middle ? halfWidth - middle : middle;
    return dome + fall * Softly.square((lateral - middle) / reach);
  }

  /** 1 in the pleural cavity, 0 outside. */
  double cavity(double lateral, double y) {
    if (y <= apex) {
      return 0;
    }
    double toWall = wall(y) - lateral;
    double toDiaphragm = diaphragm(lateral) - y;
    return Softly.step(-EDGE, EDGE, Math.min(toWall, toDiaphragm));
  }
}

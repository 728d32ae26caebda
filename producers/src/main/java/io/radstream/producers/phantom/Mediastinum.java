package io.radstream.producers.phantom;

/** Heart, great vessels and spine from the front. */
final class Mediastinum {

  private static final double BLOOD = 0.70;

  /** Beams that diverge from the front magnify the heart. */
  private static final double PORTABLE_MAGNIFICATION = 1.05;

  /** How far the heart's middle lies on the left, as a share of its half width. */
  private static final double HEART_SHIFT = 0.34;

  private static final double TILT = 0.3;

  private final Anatomy anatomy;
  private final double heartRadius;
  private final double heartHeight;
  private final double heartY;

  Mediastinum(Anatomy anatomy, boolean enlarged, boolean portable) {
    double ratio = enlarged ? anatomy.enlargedRatio() : anatomy.cardiothoracicRatio();
    double magnification = portable ? PORTABLE_MAGNIFICATION : 1;
    this.anatomy = anatomy;
    this.heartRadius = ratio * anatomy.chestHalfWidth() * magnification;
    this.heartHeight = enlarged ? 0.175 : 0.145;
    this.heartY = anatomy.dome() - (enlarged ? 0.10 : 0.08);
  }

  /** The density with the mediastinum in front of it. */
  double over(double density, double fromMidline, double y) {
    double shadow = Math.max(heart(fromMidline, y), vessels(fromMidline, y));
    double covered = Softly.mix(density, Math.max(density, BLOOD), shadow);
    return covered + spine(fromMidline, y) - trachea(fromMidline, y);
  }

  private double heart(double fromMidline, double y) {
    double dx = fromMidline - HEART_SHIFT * heartRadius;
    double dy = y - heartY - TILT * dx;
    return 1 - Softly.step(0.9, 1.12, Softly.ellipse(dx, dy, heartRadius, heartHeight));
  }

  private double vessels(double fromMidline, double y) {
    double flare = 0.02 * Softly.step(0.42, 0.52, y);
    double halfWidth = anatomy.mediastinum() + flare;
    double column = 1 - Softly.step(halfWidth - 0.01, halfWidth + 0.01, Math.abs(fromMidline));
    double knob =
        1 - Softly.step(0.85, 1.2, Softly.ellipse(fromMidline - 0.05, y - 0.33, 0.042, 0.042));
    return 0.9 * Math.max(column, knob);
  }

  private static double spine(double fromMidline, double y) {
    double body = Softly.band(fromMidline, 0.034);
    double disc = Softly.band((y * 16) % 1 - 0.5, 0.22);
    return body * (0.07 - 0.04 * disc);
  }

  private static double trachea(double fromMidline, double y) {
    return 0.14 * Softly.band(fromMidline, 0.02) * (1 - Softly.step(0.34, 0.42, y));
  }
}

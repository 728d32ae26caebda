package io.radstream.producers.phantom;

import io.radstream.producers.phantom.Abnormality.Effusion;
import io.radstream.producers.phantom.Abnormality.Pneumothorax;
import io.radstream.producers.phantom.Lesions.Spot;
import io.radstream.radiology.CounterRandom;

/** The chest from the side; the sternum is on the image's left. Both lungs overlap. */
final class LateralChest implements Scene {

  private static final double AIR = 0.02;
  private static final double FLUID = 0.82;
  private static final double STERNUM = 0.24;
  private static final double SULCUS_DEPTH = 0.15;

  private final Anatomy anatomy;
  private final Truth truth;
  private final Lesions lesions;
  private final CloudNoise texture;
  private final double back;
  private final double top;
  private final double heartScale;

  LateralChest(Anatomy anatomy, Truth truth, CounterRandom random, CloudNoise texture) {
    this.anatomy = anatomy;
    this.truth = truth;
    this.lesions = Lesions.draw(truth, random);
    this.texture = texture;
    this.back = STERNUM + 1.7 * anatomy.chestHalfWidth();
    this.top = anatomy.apex();
    this.heartScale = truth.has(Finding.CARDIOMEGALY) ? 1.45 : 1;
  }

  @Override
  public double density(double x, double y) {
    double body = body(x, y);
    if (body <= AIR) {
      return AIR;
    }
    double cavity = cavity(x, y);
    double density = Softly.mix(body, lung(x, y), cavity);
    density = Softly.mix(density, Math.max(density, 0.68), heart(x, y));
    density += spine(x, y) + ribs(x, y) * cavity + sternum(x, y);
    return Softly.mix(density, FLUID, 0.94 * cavity * fluid(x, y));
  }

  private double front(double y) {
    return STERNUM + 0.13 * Softly.square(1 - Math.min(1, (y - top) / 0.45));
  }

  private double rear(double y) {
    return back - 0.14 * Softly.square(1 - Math.min(1, (y - top) / 0.4));
  }

  private double diaphragm(double x) {
    double middle = STERNUM + 0.42 * (back - STERNUM);
    double reach = x > middle ? back - middle : middle - STERNUM;
    double fall = x > middle ? SULCUS_DEPTH : 0.04;
    return anatomy.dome() - 0.01 + fall * Softly.square((x - middle) / reach);
  }

  private double body(double x, double y) {
    double skin = anatomy.habitus() * 0.8 + 0.03;
    double toSkin = Math.min(x - front(y) + skin, rear(y) + skin + 0.03 - x);
    double abdomen = 0.2 * Softly.step(-0.01, 0.05, y - diaphragm(x));
    double arms = 0.15 * (1 - Softly.step(0.12, 0.26, y));
    double density = 0.42 + 0.12 * Softly.step(0, 0.08, toSkin) + abdomen + arms;
    return toSkin <= 0 ? AIR : density * Softly.step(0, 0.012, toSkin);
  }

  private double cavity(double x, double y) {
    double inside = Math.min(x - front(y), rear(y) - x);
    double ceiling = top + 0.25 * Softly.square((x - front(top) - 0.08) / 0.25);
    return Softly.step(-0.008, 0.008, Math.min(Math.min(inside, diaphragm(x) - y), y - ceiling));
  }

  private double lung(double x, double y) {
    double hilum = Softly.bump(Softly.ellipse(x - 0.5, y - 0.45, 0.13, 0.14));
    double shoulders = 0.22 * (1 - Softly.step(top + 0.03, top + 0.2, y));
    double markings = (0.05 + 0.08 * hilum) * texture.at(x, y);
    double lung = anatomy.lungDensity() + 0.04 + 0.2 * hilum + shoulders + markings;
    return pneumothorax(x, y, lung) + lesions(x, y);
  }

  private double pneumothorax(double x, double y, double lung) {
    var found = truth.find(Pneumothorax.class);
    if (found.isEmpty()) {
      return lung;
    }
    double gap =
        switch (found.get().extent()) {
          case SMALL -> 0.08;
          case MODERATE -> 0.115;
          case LARGE -> 0.15;
        };
    // Air rises to the apex and to the front, where the lung falls away from the sternum.
    double fromApex = y - top - gap;
    double fromFront = x - front(y) - gap * 0.8 * (1 - Softly.step(0.4, 0.75, y));
    double inside = Math.min(fromApex, fromFront);
    double air = 1 - Softly.step(-0.004, 0.004, inside);
    return Softly.mix(lung, 0.07, air) + 0.3 * Softly.band(inside, 0.0075);
  }

  private double lesions(double x, double y) {
    double density = 0;
    if (lesions.opacity().isPresent()) {
      Spot spot = lesions.opacity().get();
      density += Lesions.haze(spot, dx(spot, x), dy(spot, y), texture.at(y, x));
    }
    if (lesions.nodule().isPresent()) {
      Spot spot = lesions.nodule().get();
      density += Lesions.disc(spot, dx(spot, x), dy(spot, y));
    }
    return density;
  }

  private double dx(Spot spot, double x) {
    return x - Softly.mix(STERNUM, back - 0.06, spot.dorsal());
  }

  private double dy(Spot spot, double y) {
    return y - (top + spot.depth() * (anatomy.dome() + SULCUS_DEPTH - 0.04 - top));
  }

  private double heart(double x, double y) {
    double radius = 0.12 * heartScale;
    double dx = x - STERNUM - 0.02 - radius;
    double dy = y - anatomy.dome() + 0.105 * heartScale - 0.45 * dx;
    double reach = Softly.ellipse(dx, dy, radius, 0.125 * heartScale);
    return 0.9 * (1 - Softly.step(0.88, 1.15, reach));
  }

  private double spine(double x, double y) {
    double line = rear(y) - 0.035;
    double vertebrae = 1 - 0.5 * Softly.band((y * 15) % 1 - 0.5, 0.2);
    return 0.2 * vertebrae * Softly.band(x - line, 0.05);
  }

  private double ribs(double x, double y) {
    double ribs = (y - 0.45 * (back - x) - top) / (anatomy.ribSpacing() * 1.1);
    return 0.4 * anatomy.boneDensity() * Softly.band(ribs - Math.rint(ribs), 0.2);
  }

  private double sternum(double x, double y) {
    double extent = Softly.step(0.2, 0.26, y) * (1 - Softly.step(0.55, 0.62, y));
    return 0.22 * extent * Softly.band(x - front(y) + 0.01, 0.017);
  }

  private double fluid(double x, double y) {
    var found = truth.find(Effusion.class);
    if (found.isEmpty()) {
      return 0;
    }
    double level =
        switch (found.get().extent()) {
          case SMALL -> 0.04;
          case MODERATE -> -0.07;
          case LARGE -> -0.23;
        };
    double climb = 0.09 * Softly.square(Softly.square((x - STERNUM) / (back - STERNUM)));
    return Softly.step(-0.012, 0.012, y - (anatomy.dome() + level - climb));
  }
}

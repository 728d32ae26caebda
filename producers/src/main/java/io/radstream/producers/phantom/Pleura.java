package io.radstream.producers.phantom;

import io.radstream.producers.phantom.Abnormality.Effusion;
import io.radstream.producers.phantom.Abnormality.Pneumothorax;
import java.util.Optional;

/** What lies in one pleural cavity beside the lung: fluid at its base, air around its apex. */
final class Pleura {

  private static final double LINE = 0.0065;
  private static final double SLOPE_STEP = 0.002;

  /** How a pneumothorax of an extent looks: the gap at the apex, beside it, and how far down. */
  private record Gap(double top, double beside, double downTo) {}

  private final Hemithorax chest;
  private final Optional<Extent> fluid;
  private final Optional<Gap> air;

  Pleura(Hemithorax chest, Side side, Truth truth) {
    this.chest = chest;
    this.fluid =
        truth
            .find(Effusion.class)
            .filter(effusion -> effusion.side().covers(side))
            .map(Effusion::extent);
    this.air =
        truth
            .find(Pneumothorax.class)
            .filter(pneumothorax -> pneumothorax.side() == side)
            .map(pneumothorax -> gap(pneumothorax.extent()));
  }

  private static Gap gap(Extent extent) {
    return switch (extent) {
      case SMALL -> new Gap(0.085, 0.07, 0.5);
      case MODERATE -> new Gap(0.12, 0.11, 0.8);
      case LARGE -> new Gap(0.16, 0.155, 1.15);
    };
  }

  /** Whether air has let the lung shrink, which makes it denser. */
  boolean collapsed() {
    return air.isPresent();
  }

  /** 1 in the fluid, 0 above its meniscus, which climbs the chest wall. */
  double fluid(double lateral, double y) {
    if (fluid.isEmpty()) {
      return 0;
    }
    double level =
        chest.dome()
            + switch (fluid.get()) {
              case SMALL -> 0.025;
              case MODERATE -> -0.11;
              case LARGE -> -0.28;
            };
    double climb = 0.085 * Softly.square(Softly.square(lateral / chest.halfWidth()));
    return Softly.step(-0.012, 0.012, y - (level - climb));
  }

  /** 1 in the air outside the lung, 0 in the lung. */
  double air(double lateral, double y) {
    return air.isEmpty() ? 0 : Softly.step(-0.004, 0.004, beyondLung(lateral, y));
  }

  /** 1 on the visceral pleura, where air lies on both its sides. */
  double visceralLine(double lateral, double y) {
    if (air.isEmpty()) {
      return 0;
    }
    double rim = lungRim(y);
    double slope = (lungRim(y + SLOPE_STEP) - rim) / SLOPE_STEP;
    return Softly.band((lateral - rim) / Math.sqrt(1 + slope * slope), LINE);
  }

  /** How far outside of the collapsed lung, negative inside it. */
  private double beyondLung(double lateral, double y) {
    return lateral - lungRim(y);
  }

  private double lungRim(double y) {
    Gap gap = air.orElseThrow();
    double depth = chest.depth(y);
    double taper = Math.sqrt(Math.max(0, 1 - depth / gap.downTo()));
    double top = gap.top() / (chest.atDepth(1) - chest.atDepth(0));
    double own = (depth - top) / (1 - top);
    return Hemithorax.contour(chest.halfWidth() - gap.beside() * taper, own);
  }
}

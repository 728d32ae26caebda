package io.radstream.producers.phantom;

import io.radstream.producers.phantom.Abnormality.Cardiomegaly;
import io.radstream.producers.phantom.Abnormality.Effusion;
import io.radstream.producers.phantom.Abnormality.Nodule;
import io.radstream.producers.phantom.Abnormality.Opacity;
import io.radstream.producers.phantom.Abnormality.Pneumothorax;
import io.radstream.radiology.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** Draws what a study shows, so that nothing hides anything else. */
final class TruthSampler {

  /** Of each abnormality, independently: leaves 0.78^5 = 29% of the studies normal. */
  private static final double PREVALENCE = 0.22;

  private static final double BILATERAL = 0.25;

  private static final List<Extent> ANY = List.of(Extent.values());
  private static final List<Extent> NOT_LARGE = List.of(Extent.SMALL, Extent.MODERATE);

  private record Place(Side side, Zone zone) {}

  private final CounterRandom random;
  private final List<Abnormality> drawn = new ArrayList<>();
  private final List<Place> free = new ArrayList<>();

  private TruthSampler(CounterRandom random) {
    this.random = random;
    for (Side side : List.of(Side.LEFT, Side.RIGHT)) {
      for (Zone zone : Zone.values()) {
        free.add(new Place(side, zone));
      }
    }
  }

  static Truth draw(CounterRandom random) {
    TruthSampler sampler = new TruthSampler(random);
    if (sampler.happens(PREVALENCE)) {
      sampler.drawEffusion();
    }
    if (sampler.happens(PREVALENCE)) {
      sampler.drawPneumothorax();
    }
    if (sampler.happens(PREVALENCE)) {
      sampler.drawn.add(new Cardiomegaly());
      sampler.block(Side.LEFT, Zone.LOWER);
    }
    if (sampler.happens(PREVALENCE)) {
      Place place = sampler.take();
      sampler.drawn.add(new Opacity(place.side(), place.zone()));
    }
    if (sampler.happens(PREVALENCE)) {
      Place place = sampler.take();
      sampler.drawn.add(new Nodule(place.side(), place.zone()));
    }
    return new Truth(sampler.drawn);
  }

  private void drawEffusion() {
    Side side = happens(BILATERAL) ? Side.BILATERAL : oneSide();
    Extent extent = oneOf(side == Side.BILATERAL ? NOT_LARGE : ANY);
    drawn.add(new Effusion(side, extent));
    block(side, Zone.LOWER);
    if (extent == Extent.LARGE) {
      block(side, Zone.MID);
    }
  }

  private void drawPneumothorax() {
    Side side = oneSide();
    drawn.add(new Pneumothorax(side, oneOf(ANY)));
    block(side, Zone.UPPER);
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private Side oneSide() {
    return random.nextBoolean() ? Side.LEFT : Side.RIGHT;
  }

  private Extent oneOf(List<Extent> extents) {
    return extents.get(random.nextInt(extents.size()));
  }

  private void block(Side side, Zone zone) {
    free.removeIf(place -> side.covers(place.side()) && place.zone() == zone);
  }

  /** Two places are always left, whatever was drawn before, and only two are ever taken. */
  private Place take() {
    return free.remove(random.nextInt(free.size()));
  }
}

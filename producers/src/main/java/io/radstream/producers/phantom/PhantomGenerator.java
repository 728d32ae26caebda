package io.radstream.producers.phantom;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.Projection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Draws synthetic studies. A study is a pure function of this generator's settings, the seed and
 * the index; another seed gives another population. Thread-safe.
 */
public final class PhantomGenerator {

  /** Pixels on each side, unless asked otherwise. */
  public static final int DEFAULT_SIZE = 128;

  /** Most views that a study has. */
  public static final int MAX_VIEWS = 4;

  /** Share of odd-numbered studies that are a second visit of the patient before. */
  private static final double SECOND_VISIT = 0.2;

  private final Detector detector;
  private final int maxViews;
  private final PhantomSite site;
  private final ReportWriter reports = new ReportWriter();

  public PhantomGenerator() {
    this(DEFAULT_SIZE, MAX_VIEWS);
  }

  /** Of {@link PhantomSite#NORTH}. */
  public PhantomGenerator(int size, int maxViews) {
    this(size, maxViews, PhantomSite.NORTH);
  }

  /**
   * @param size pixels on each side of every view, at least 32
   * @param maxViews 1 to {@link #MAX_VIEWS}
   */
  public PhantomGenerator(int size, int maxViews, PhantomSite site) {
    if (size < 32) {
      throw new IllegalArgumentException("a phantom has at least 32 pixels a side, not " + size);
    }
    if (maxViews < 1 || maxViews > MAX_VIEWS) {
      throw new IllegalArgumentException(
          "a phantom study has 1 to %d views, not %d".formatted(MAX_VIEWS, maxViews));
    }
    this.detector = new Detector(size);
    this.maxViews = maxViews;
    this.site = site;
  }

  PhantomSite site() {
    return site;
  }

  public PhantomStudy study(long seed, long index) {
    long patient = patient(seed, index);
    Anatomy anatomy = Anatomy.draw(CounterRandom.of(seed, "anatomy", patient));
    Truth truth = TruthSampler.draw(CounterRandom.of(seed, "truth", index));
    List<PhantomView> views = new ArrayList<>();
    for (Projection projection : projections(CounterRandom.of(seed, "views", index))) {
      views.add(view(seed, index, views.size(), projection, anatomy, truth));
    }
    int remark = CounterRandom.of(seed, "remark", index).nextInt(site.remarks().size());
    String report =
        reports.write(truth, site.remarks().get(remark), CounterRandom.of(seed, "report", index));
    return new PhantomStudy(index, patient, views, report, truth);
  }

  /**
   * Where in the first view of a study, which is frontal, its findings lie: around what would look
   * otherwise if a finding were not drawn.
   */
  public Map<Finding, PhantomPlace> places(long seed, long index) {
    Anatomy anatomy = Anatomy.draw(CounterRandom.of(seed, "anatomy", patient(seed, index)));
    Truth truth = TruthSampler.draw(CounterRandom.of(seed, "truth", index));
    boolean portable = projections(CounterRandom.of(seed, "views", index)).get(0) == Projection.AP;
    Lesions lesions = Lesions.draw(truth, CounterRandom.of(seed, "lesions", index));
    CloudNoise texture = new CloudNoise(CounterRandom.of(seed, "texture", index, 0));
    Exposure exposure = Exposure.draw(CounterRandom.of(seed, "exposure", index, 0));
    Scene whole = new FrontalChest(anatomy, truth, lesions, texture, portable);
    Map<Finding, PhantomPlace> places = new EnumMap<>(Finding.class);
    for (Abnormality abnormality : truth.abnormalities()) {
      Finding finding = abnormality.finding();
      Scene without =
          new FrontalChest(
              anatomy, truth.without(finding), lesions.without(finding), texture, portable);
      PhantomPlace.between(whole, without, exposure, detector.size())
          .ifPresent(place -> places.put(finding, place));
    }
    return places;
  }

  private static long patient(long seed, long index) {
    boolean second =
        index % 2 == 1 && CounterRandom.of(seed, "second visit", index).nextDouble() < SECOND_VISIT;
    return second ? index - 1 : index;
  }

  private List<Projection> projections(CounterRandom random) {
    double draw = random.nextDouble();
    int count = 1;
    while (draw >= site.atMostViews().get(count - 1)) {
      count++;
    }
    boolean portable = random.nextDouble() < site.portable();
    Projection frontal = portable ? Projection.AP : Projection.PA;
    List<Projection> projections = new ArrayList<>();
    for (int view = 0; view < Math.min(count, maxViews); view++) {
      // A patient in bed is not turned for a lateral view.
      boolean lateral = !portable && view % 2 == 1;
      projections.add(lateral ? Projection.LATERAL : frontal);
    }
    return projections;
  }

  private PhantomView view(
      long seed, long index, int number, Projection projection, Anatomy anatomy, Truth truth) {
    // One lesion is at one place in all the views of its study: the draw leaves the view out.
    CounterRandom lesions = CounterRandom.of(seed, "lesions", index);
    CloudNoise texture = new CloudNoise(CounterRandom.of(seed, "texture", index, number));
    Scene scene =
        projection == Projection.LATERAL
            ? new LateralChest(anatomy, truth, lesions, texture)
            : new FrontalChest(anatomy, truth, lesions, texture, projection == Projection.AP);
    Exposure exposure =
        Exposure.draw(CounterRandom.of(seed, "exposure", index, number))
            .with(site.gain(), site.offset());
    CounterRandom grain = CounterRandom.of(seed, "grain", index, number);
    return new PhantomView(detector.expose(scene, exposure, grain), projection);
  }
}

package io.radstream.cli.learning;

import io.radstream.producers.phantom.Finding;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Phantoms as frozen networks see them. */
final class SeenPhantoms {

  static final List<Finding> FINDINGS =
      List.of(
          Finding.EFFUSION,
          Finding.PNEUMOTHORAX,
          Finding.CARDIOMEGALY,
          Finding.OPACITY,
          Finding.NODULE);

  private static final int AT_ONCE = 64;

  /**
   * A study.
   *
   * @param older vector by the checkpoint of before
   * @param newer by the one that is judged
   * @param present what was drawn, in the order of {@link #FINDINGS}
   */
  record Seen(String id, double[] older, double[] newer, List<Boolean> present) {

    int abnormalities() {
      return (int) present.stream().filter(there -> there).count();
    }
  }

  private SeenPhantoms() {}

  static List<Seen> of(ScoringModel older, ScoringModel newer, long seed, int studies) {
    PhantomGenerator generator = new PhantomGenerator();
    List<Seen> seen = new ArrayList<>();
    for (long from = 0; from < studies; from += AT_ONCE) {
      List<PhantomStudy> drawn =
          LongStream.range(from, Math.min(studies, from + AT_ONCE))
              .parallel()
              .mapToObj(index -> generator.study(seed, index))
              .toList();
      List<StudyViews> views = drawn.stream().map(SeenPhantoms::views).toList();
      List<double[]> before = vectors(older, views);
      List<double[]> after = vectors(newer, views);
      for (int i = 0; i < drawn.size(); i++) {
        PhantomStudy study = drawn.get(i);
        seen.add(
            new Seen(
                "phantom " + study.index(),
                before.get(i),
                after.get(i),
                FINDINGS.stream().map(study.truth()::has).toList()));
      }
    }
    return seen;
  }

  private static StudyViews views(PhantomStudy study) {
    return new StudyViews(
        Optional.empty(),
        study.views().stream().map(view -> ImageEncoder.png(view.image())).toList());
  }

  /** Unit vectors have entries of one divided by the root of their number: probes want one. */
  private static List<double[]> vectors(ScoringModel model, List<StudyViews> views) {
    return model.scoreViews(views).stream()
        .map(
            scored -> {
              float[] unit = scored.vector();
              double[] vector = new double[unit.length];
              for (int i = 0; i < unit.length; i++) {
                vector[i] = unit[i] * Math.sqrt(unit.length);
              }
              return vector;
            })
        .toList();
  }

  /** In an order that is at random by a seed (Fisher and Yates). */
  static List<Seen> shuffled(List<Seen> studies, CounterRandom random) {
    List<Seen> order = new ArrayList<>(studies);
    for (int last = order.size() - 1; last > 0; last--) {
      Collections.swap(order, last, random.nextInt(last + 1));
    }
    return order;
  }
}

package io.radstream.trainer.testing;

import io.radstream.model.config.ModelConfig;
import io.radstream.radiology.image.ModelInput;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PictureRoom;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.ReportMirroring;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.augment.ViewSource;
import io.radstream.trainer.config.Augmentation;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.TuplePlace;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a network gives for studies, batch by batch. For one thread. */
final class ScoredStudies {

  /** Studies that are scored at once; always as many, so that rounding is the same. */
  static final int TOGETHER = 32;

  /** Of the choice of three views: the same for every checkpoint, so that all see the same. */
  private static final long VIEW_SEED = 0;

  /** A study on its way to the network. */
  private record Shown(String studyId, String patientId, float[] labels, PreparedStudy study) {}

  private final FindingNetwork network;
  private final Predicate<String> withdrawn;
  private final StudyDecoder decoder;
  private final Augmenter augmenter;
  private final Set<String> seen = new HashSet<>();
  private final List<ScoredStudy> scored = new ArrayList<>();
  private OmittedStudies omitted = OmittedStudies.NONE;

  /**
   * @param model shape of the network
   * @param views which it was trained on
   */
  ScoredStudies(
      ModelConfig model, FindingNetwork network, ViewSource views, Predicate<String> withdrawn) {
    this.network = network;
    this.withdrawn = withdrawn;
    ModelInput input = new ModelInput(model.radiograph().imageSize());
    this.decoder =
        new StudyDecoder(
            input,
            model.report().maxTokens(),
            model.text().maxTokens(),
            new PhaseTimes(Clock.systemUTC()),
            Optional.empty(),
            views);
    this.augmenter =
        new Augmenter(VIEW_SEED, Augmentation.none(), input, new ReportMirroring.Never());
  }

  List<ScoredStudy> all() {
    return scored;
  }

  OmittedStudies omitted() {
    return omitted;
  }

  /**
   * @param batch at most {@link #TOGETHER}
   */
  void add(TupleReader reader, List<TupleRef> batch, StudyLabels labels) {
    Map<TupleRef, StudyTuple> tuples = new HashMap<>();
    reader.read(batch, (ref, tuple, time, origin) -> tuples.put(ref, tuple));
    List<Shown> wanted = new ArrayList<>();
    for (TupleRef ref : batch) {
      wanted(tuples.get(ref), reader.place(ref), labels).ifPresent(wanted::add);
    }
    wanted.parallelStream().forEach(shown -> augmenter.decode(shown.study(), 0));
    List<Shown> shown = wanted.stream().filter(this::hasView).toList();
    if (!shown.isEmpty()) {
      score(shown);
    }
  }

  private Optional<Shown> wanted(StudyTuple tuple, TuplePlace place, StudyLabels labels) {
    String study = tuple.getStudyId();
    if (withdrawn.test(study)) {
      omitted = omitted.andWithdrawn();
      return Optional.empty();
    }
    if (!labels.studies().contains(study)) {
      omitted = omitted.andUnlabelled();
      return Optional.empty();
    }
    // Two sources may have it.
    return seen.add(study)
        ? Optional.of(
            new Shown(study, tuple.getPatientId(), labels.of(study), decoder.decode(tuple, place)))
        : Optional.empty();
  }

  private boolean hasView(Shown shown) {
    if (!shown.study().hasView()) {
      omitted = omitted.andUnreadable();
    }
    return shown.study().hasView();
  }

  private void score(List<Shown> shown) {
    float[] images = new float[shown.size() * augmenter.valuesPerStudy()];
    for (int i = 0; i < shown.size(); i++) {
      int offset = i * augmenter.valuesPerStudy();
      augmenter.plain(shown.get(i).study(), new PictureRoom(images, Map.of(), offset));
    }
    float[][] probabilities = network.probabilities(images, shown.size());
    for (int i = 0; i < shown.size(); i++) {
      Shown study = shown.get(i);
      scored.add(
          new ScoredStudy(study.studyId(), study.patientId(), study.labels(), probabilities[i]));
    }
  }
}

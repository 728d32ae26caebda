package io.radstream.trainer.data;

import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunStudies.Part;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.labels.LabelShare;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.LeftOut;
import io.radstream.trainer.tuples.SourceStudies;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleScan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a run reads: all that there is now, or what an earlier process of the run read. */
public final class StudySearch {

  private static final Logger LOG = LoggerFactory.getLogger(StudySearch.class);

  /** A look takes about a second. */
  private static final int LOOKS_BEFORE_TELLING = 60;

  private final List<SourceTopics> sources;
  private final RunConfig config;
  private final TupleCheck check;
  private final EarlierReads earlier;
  private final LabelSearch labels;
  private final SearchListener listener;

  public StudySearch(RunBasis basis, List<SourceTopics> sources, SearchListener listener) {
    this.sources = List.copyOf(sources);
    this.config = basis.config();
    this.check = basis.check();
    this.earlier = basis.start().earlier();
    this.labels = new LabelSearch(basis, sources);
    this.listener = listener;
  }

  /**
   * Waits for enough studies; empty where a stop was requested before there were enough.
   *
   * @throws TrainingException where labels are to be learned and there are none
   */
  public Optional<RunStudies> find(BooleanSupplier stopRequested) {
    List<Part> parts = new ArrayList<>();
    Set<String> studies = new HashSet<>();
    Set<String> judged = new HashSet<>();
    StudyLabels known = StudyLabels.none();
    LeftOut leftOut = LeftOut.none();
    for (SourceTopics source : sources) {
      try (TupleScan scan = scan(source, Topic.TUPLES_TRAIN, LabelShare.of(config.labels()))) {
        Optional<TupleIndex> train = train(source, scan, stopRequested);
        leftOut = leftOut.plus(scan.leftOut());
        if (train.isEmpty()) {
          return Optional.empty();
        }
        StudyLabels own = labels.of(source);
        known = known.and(own);
        studies.addAll(supervised(scan, own));
        parts.add(
            new Part(
                source,
                chosen(source, Topic.TUPLES_TRAIN, scan, train.get(), own),
                validation(source, own.forJudging(), judged),
                own.ranges()));
      }
    }
    if (earlier.studies().isEmpty()) {
      labels.require(studies, known);
      labels.tellAlike(judged, known.forJudging());
      parts.forEach(this::requireLabelled);
    }
    return Optional.of(new RunStudies(parts, known, leftOut));
  }

  /** A step takes studies of each source. */
  private void requireLabelled(Part part) {
    if (config.readsLabelledOnly() && part.train().size() == 0) {
      throw new TrainingException(
          "source %s has no study with a label for any finding of the run, and labels.studies is LABELLED; publish labels for it, or take it out of sources"
              .formatted(part.source().name()));
    }
  }

  /** Among which labels are looked for; a run that follows the stream has not seen its own yet. */
  private Set<String> supervised(TupleScan scan, StudyLabels known) {
    if (!labels.areLearned()) {
      return Set.of();
    }
    if (config.readsLabelledOnly()) {
      return scan.studies(known.studies());
    }
    return config.follow().on() ? known.studies() : scan.studies();
  }

  /** What an earlier process found was chosen by it already. */
  private TupleIndex chosen(
      SourceTopics source, Topic topic, TupleScan scan, TupleIndex found, StudyLabels known) {
    return config.readsLabelledOnly() && earlier.studies(source, topic).isEmpty()
        ? scan.only(found, known.studies())
        : found;
  }

  /** For a run whose batches are known already. */
  public RunStudies labelsOnly() {
    return labelsOnly(labels::of);
  }

  /**
   * The same where the topics were written again.
   *
   * @throws TrainingException where they have other partitions than then, or fewer labels
   */
  public RunStudies restagedLabels() {
    return labelsOnly(labels::restaged);
  }

  /** The same with the studies that the run is measured on, as it found them. */
  public RunStudies labelsAndValidation() {
    List<Part> parts = new ArrayList<>();
    StudyLabels known = StudyLabels.none();
    for (SourceTopics source : sources) {
      StudyLabels own = labels.of(source);
      known = known.and(own);
      parts.add(
          new Part(
              source,
              TupleIndex.empty(),
              validation(source, own.forJudging(), new HashSet<>()),
              own.ranges()));
    }
    return new RunStudies(parts, known, LeftOut.none());
  }

  private RunStudies labelsOnly(Function<SourceTopics, StudyLabels> ofSource) {
    List<Part> parts = new ArrayList<>();
    StudyLabels known = StudyLabels.none();
    for (SourceTopics source : sources) {
      StudyLabels own = ofSource.apply(source);
      known = known.and(own);
      parts.add(new Part(source, TupleIndex.empty(), TupleIndex.empty(), own.ranges()));
    }
    return new RunStudies(parts, known, LeftOut.none());
  }

  private Optional<TupleIndex> train(
      SourceTopics source, TupleScan scan, BooleanSupplier stopRequested) {
    if (config.follow().on()) {
      return Optional.of(TupleIndex.empty());
    }
    List<OffsetRange> pinned = earlier.ranges(source, Topic.TUPLES_TRAIN);
    if (!pinned.isEmpty()) {
      return Optional.of(again(source, Topic.TUPLES_TRAIN, scan, pinned));
    }
    int needed = Math.max(config.leastOfABatch(), config.data().minStudies());
    TupleIndex found = scan.toEnd();
    tellLeftOut(source, Topic.TUPLES_TRAIN, scan);
    for (int looks = 1; found.size() < needed && !stopRequested.getAsBoolean(); looks++) {
      listener.waiting(found.size(), needed, source.connection().topics().of(Topic.TUPLES_TRAIN));
      long before = scan.leftOut().total();
      scan.awaitMore();
      found = scan.toEnd();
      if (scan.leftOut().total() > before || looks % LOOKS_BEFORE_TELLING == 0) {
        tellLeftOut(source, Topic.TUPLES_TRAIN, scan);
      }
    }
    return stopRequested.getAsBoolean() ? Optional.empty() : Optional.of(found);
  }

  private void tellLeftOut(SourceTopics source, Topic topic, TupleScan scan) {
    LeftOut leftOut = scan.leftOut();
    if (leftOut.total() > 0) {
      LOG.warn(
          "{} tuples on {} are left out: {}",
          leftOut.total(),
          source.connection().topics().of(topic),
          leftOut);
      scan.namePassedOver();
      listener.leftOut(leftOut);
    }
  }

  /**
   * @param judged is given the ids of what is found
   */
  private TupleIndex validation(SourceTopics source, StudyLabels known, Set<String> judged) {
    if (config.validation().maxStudies() == 0) {
      return TupleIndex.empty();
    }
    try (TupleScan scan = scan(source, Topic.TUPLES_VALIDATION, LabelShare.ALL)) {
      List<OffsetRange> pinned = earlier.ranges(source, Topic.TUPLES_VALIDATION);
      TupleIndex found =
          pinned.isEmpty() ? scan.toEnd() : again(source, Topic.TUPLES_VALIDATION, scan, pinned);
      tellLeftOut(source, Topic.TUPLES_VALIDATION, scan);
      judged.addAll(scan.studies());
      if (labels.areLearned() && !scan.studies().isEmpty() && known.labelled(scan.studies()) == 0) {
        LOG.warn("no study for validation has a label: there is no validation loss");
      }
      return chosen(source, Topic.TUPLES_VALIDATION, scan, found, known);
    }
  }

  /** What an earlier process found; where it is not known any more, the topic tells. */
  private TupleIndex again(
      SourceTopics source, Topic topic, TupleScan scan, List<OffsetRange> pinned) {
    Optional<SourceStudies> found = earlier.studies(source, topic);
    if (found.isEmpty()) {
      TupleIndex index = scan.over(pinned);
      earlier.requireAllThere(source, topic, index);
      return index;
    }
    scan.requireHeld(pinned);
    return found.get().over(pinned);
  }

  private TupleScan scan(SourceTopics source, Topic topic, LabelShare share) {
    return TupleScan.open(source.clients(), source.connection(), topic, check, share::holds);
  }
}

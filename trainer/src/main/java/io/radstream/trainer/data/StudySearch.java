package io.radstream.trainer.data;

import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunStudies.Part;
import io.radstream.trainer.kafka.Source;
import io.radstream.trainer.labels.LabelScan;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.LeftOut;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceStudies;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a run reads: all that there is now, or what an earlier process of the run read. */
public final class StudySearch {

  private static final Logger LOG = LoggerFactory.getLogger(StudySearch.class);

  /** A look takes about a second. */
  private static final int LOOKS_BEFORE_TELLING = 60;

  private final List<Source> sources;
  private final RunConfig config;
  private final TupleCheck check;
  private final StartPoint start;
  private final SearchListener listener;

  public StudySearch(
      List<Source> sources,
      RunConfig config,
      TupleCheck check,
      StartPoint start,
      SearchListener listener) {
    this.sources = sources;
    this.config = config;
    this.check = check;
    this.start = start;
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
    StudyLabels labels = StudyLabels.none();
    LeftOut leftOut = LeftOut.none();
    for (Source source : sources) {
      try (TupleScan scan = scan(source, Topic.TUPLES_TRAIN)) {
        Optional<TupleIndex> train = train(source, scan, stopRequested);
        leftOut = leftOut.plus(scan.leftOut());
        if (train.isEmpty()) {
          return Optional.empty();
        }
        StudyLabels own = labels(source);
        labels = labels.and(own);
        studies.addAll(isSupervised() ? scan.studies() : Set.of());
        parts.add(new Part(source, train.get(), validation(source, own), own.ranges()));
      }
    }
    if (start.studies().isEmpty()) {
      requireLabels(studies, labels);
    }
    return Optional.of(new RunStudies(parts, labels, leftOut));
  }

  /** For a run whose batches are known already. */
  public RunStudies labelsOnly() {
    return labelsOnly(this::labels);
  }

  /**
   * The same where the topics were written again.
   *
   * @throws TrainingException where they have other partitions than then, or fewer labels
   */
  public RunStudies restagedLabels() {
    return labelsOnly(this::restagedLabels);
  }

  private RunStudies labelsOnly(Function<Source, StudyLabels> ofSource) {
    List<Part> parts = new ArrayList<>();
    StudyLabels labels = StudyLabels.none();
    for (Source source : sources) {
      StudyLabels own = ofSource.apply(source);
      labels = labels.and(own);
      parts.add(new Part(source, TupleIndex.empty(), TupleIndex.empty(), own.ranges()));
    }
    return new RunStudies(parts, labels, LeftOut.none());
  }

  private Optional<TupleIndex> train(Source source, TupleScan scan, BooleanSupplier stopRequested) {
    if (config.follow().on()) {
      return Optional.of(TupleIndex.empty());
    }
    List<OffsetRange> pinned = pinned(source, Topic.TUPLES_TRAIN);
    if (!pinned.isEmpty()) {
      return Optional.of(again(source, Topic.TUPLES_TRAIN, scan, pinned));
    }
    int needed = Math.max(config.batch(), config.data().minStudies());
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

  private void tellLeftOut(Source source, Topic topic, TupleScan scan) {
    LeftOut leftOut = scan.leftOut();
    if (leftOut.total() > 0) {
      LOG.warn(
          "{} tuples on {} are left out: {}",
          leftOut.total(),
          source.connection().topics().of(topic),
          leftOut);
      listener.leftOut(leftOut);
    }
  }

  private TupleIndex validation(Source source, StudyLabels labels) {
    if (config.validation().maxStudies() == 0) {
      return TupleIndex.empty();
    }
    try (TupleScan scan = scan(source, Topic.TUPLES_VALIDATION)) {
      List<OffsetRange> pinned = pinned(source, Topic.TUPLES_VALIDATION);
      TupleIndex found =
          pinned.isEmpty() ? scan.toEnd() : again(source, Topic.TUPLES_VALIDATION, scan, pinned);
      tellLeftOut(source, Topic.TUPLES_VALIDATION, scan);
      if (isSupervised() && !scan.studies().isEmpty() && labels.labelled(scan.studies()) == 0) {
        LOG.warn("no study for validation has a label: there is no validation loss");
      }
      return found;
    }
  }

  /** What an earlier process found; where it is not known any more, the topic tells. */
  private TupleIndex again(Source source, Topic topic, TupleScan scan, List<OffsetRange> pinned) {
    String name = source.connection().topics().of(topic);
    Optional<SourceStudies> found =
        start.studies().stream()
            .filter(studies -> studies.source().equals(source.name()))
            .filter(studies -> studies.topic().equals(name))
            .findFirst();
    if (found.isEmpty()) {
      return scan.over(pinned);
    }
    scan.requireHeld(pinned);
    return found.get().over(pinned);
  }

  private List<OffsetRange> pinned(Source source, Topic topic) {
    String name = source.connection().topics().of(topic);
    return start.ranges().stream()
        .filter(range -> range.source().equals(source.name()) && range.topic().equals(name))
        .map(SourceRange::range)
        .toList();
  }

  private TupleScan scan(Source source, Topic topic) {
    return TupleScan.open(source.clients(), source.connection(), topic, check);
  }

  private boolean isSupervised() {
    return ObjectiveList.needs(config.model()).contains(BatchInput.LABELS);
  }

  private StudyLabels labels(Source source) {
    return isSupervised()
        ? LabelScan.read(
            source.clients(),
            source.connection(),
            config.model().findings(),
            pinned(source, Topic.LABELS))
        : StudyLabels.none();
  }

  private StudyLabels restagedLabels(Source source) {
    if (!isSupervised()) {
      return StudyLabels.none();
    }
    Map<Integer, Long> before = new HashMap<>();
    SourceRange.of(source.name(), Topic.LABELS, start.ranges())
        .forEach(range -> before.put(range.range().partition(), range.records()));
    StudyLabels again =
        LabelScan.first(source.clients(), source.connection(), config.model().findings(), before);
    Map<Integer, Long> now = new HashMap<>();
    again.ranges().forEach(read -> now.put(read.range().partition(), read.records()));
    if (!now.equals(before)) {
      throw new TrainingException(
          "the run read labels of source %s by partition %s, and %s has %s; publish the same labels to as many partitions"
              .formatted(
                  source.name(), before, source.connection().topics().of(Topic.LABELS), now));
    }
    return again;
  }

  private String labelTopics() {
    return sources.stream()
        .map(source -> source.connection().topics().of(Topic.LABELS))
        .collect(Collectors.joining(", "));
  }

  private void requireLabels(Set<String> studies, StudyLabels labels) {
    if (!isSupervised()) {
      return;
    }
    long labelled = labels.labelled(studies);
    List<String> missing = labels.missing(studies);
    if (labelled == 0) {
      throw new TrainingException(
          "none of the %d studies has a label for any of %s on topic %s; publish labels under the studies' own ids, as radstream publish does, or set model.objectives.labels=0"
              .formatted(studies.size(), config.model().findings(), labelTopics()));
    }
    if (!missing.isEmpty()) {
      throw new TrainingException(
          "no study has a label for %s on topic %s; publish some, or take it out of model.findings"
              .formatted(String.join(", ", missing), labelTopics()));
    }
    LOG.info("labelled={} of studies={}", labelled, studies.size());
  }
}

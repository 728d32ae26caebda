package io.radstream.trainer.data;

import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.schemas.Topic;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.labels.LabelScan;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.SourceRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the labels that a run learns; finds none where it learns none. */
record LabelSearch(RunBasis basis, List<SourceTopics> sources) {

  private static final Logger LOG = LoggerFactory.getLogger(LabelSearch.class);

  LabelSearch {
    sources = List.copyOf(sources);
  }

  boolean areLearned() {
    return ObjectiveList.needs(basis.config().model()).contains(BatchInput.LABELS);
  }

  /** All that there are now, or those that an earlier process of the run read. */
  StudyLabels of(SourceTopics source) {
    return areLearned()
        ? LabelScan.read(
            source.clients(),
            source.connection(),
            findings(),
            basis.config().labels(),
            basis.start().earlier().ranges(source, Topic.LABELS))
        : StudyLabels.none();
  }

  /**
   * As many as an earlier process read, where the topics were written again.
   *
   * @throws TrainingException where they have other partitions than then, or fewer labels
   */
  StudyLabels restaged(SourceTopics source) {
    if (!areLearned()) {
      return StudyLabels.none();
    }
    Map<Integer, Long> before = new HashMap<>();
    SourceRange.of(source.name(), Topic.LABELS, basis.start().earlier().ranges())
        .forEach(range -> before.put(range.range().partition(), range.records()));
    StudyLabels again =
        LabelScan.first(
            source.clients(), source.connection(), findings(), basis.config().labels(), before);
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

  /**
   * @param studies to learn from, by id
   * @throws TrainingException where labels are to be learned and there are none, or none of a
   *     finding
   */
  void require(Set<String> studies, StudyLabels labels) {
    if (!areLearned()) {
      return;
    }
    long labelled = labels.labelled(studies);
    List<String> missing = labels.missing(studies);
    double share = basis.config().labels().share();
    if (labelled == 0 && share < 1) {
      throw new TrainingException(
          "no study of the patients that labels.share=%s draws has a label for any of %s on topic %s; raise it, take another labels.draw, or publish labels"
              .formatted(share, findings(), topics()));
    }
    if (labelled == 0) {
      throw new TrainingException(
          "none of the %d studies has a label for any of %s on topic %s; publish labels under the studies' own ids, as radstream publish does, or set model.objectives.labels=0"
              .formatted(studies.size(), findings(), topics()));
    }
    if (!missing.isEmpty()) {
      throw new TrainingException(
          "no study has a label for %s on topic %s; publish some, or take it out of model.findings"
              .formatted(String.join(", ", missing), topics()));
    }
    LOG.info("labelled={} of studies={}", labelled, studies.size());
  }

  /**
   * Says which findings validation will tell no AUC of.
   *
   * @param studies for validation, by id
   */
  void tellAlike(Set<String> studies, StudyLabels labels) {
    if (!areLearned() || labels.labelled(studies) == 0) {
      return;
    }
    List<String> alike = labels.alike(studies);
    if (alike.size() == findings().size()) {
      LOG.warn(
          "validation tells no AUC: of each finding all studies for validation have it, or none has; checkpoint.best=AUC has nothing to go by");
    } else if (!alike.isEmpty()) {
      LOG.warn(
          "validation tells no AUC of {}: all studies for validation have it, or none has; the mean AUC is over the other findings",
          alike);
    }
  }

  private List<String> findings() {
    return basis.config().model().findings();
  }

  private String topics() {
    return sources.stream()
        .map(source -> source.connection().topics().of(Topic.LABELS))
        .collect(Collectors.joining(", "));
  }
}

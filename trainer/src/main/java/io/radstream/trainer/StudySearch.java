package io.radstream.trainer;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.kafka.KafkaClients;
import io.radstream.trainer.labels.LabelScan;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleScan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a run reads: all that there is now, or what an earlier process of the run read. */
final class StudySearch {

  private static final Logger LOG = LoggerFactory.getLogger(StudySearch.class);

  private final KafkaClients clients;
  private final KafkaConnection connection;
  private final RunConfig config;
  private final TupleCheck check;
  private final StartPoint start;
  private final TrainingListener listener;

  StudySearch(
      KafkaClients clients,
      KafkaConnection connection,
      RunConfig config,
      TupleCheck check,
      StartPoint start,
      TrainingListener listener) {
    this.clients = clients;
    this.connection = connection;
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
  Optional<RunStudies> find(BooleanSupplier stopRequested) {
    try (TupleScan scan = scan(Topic.TUPLES_TRAIN)) {
      Optional<TupleIndex> train = train(scan, stopRequested);
      if (train.isEmpty()) {
        return Optional.empty();
      }
      StudyLabels labels = labels(scan.studies());
      return Optional.of(new RunStudies(train.get(), validation(labels), labels));
    }
  }

  private Optional<TupleIndex> train(TupleScan scan, BooleanSupplier stopRequested) {
    if (start.isResumed()) {
      return Optional.of(scan.over(start.train()));
    }
    int needed = Math.max(config.batch(), config.data().minStudies());
    TupleIndex found = scan.toEnd();
    while (found.size() < needed && !stopRequested.getAsBoolean()) {
      listener.waiting(found.size(), needed);
      scan.awaitMore();
      found = scan.toEnd();
    }
    return stopRequested.getAsBoolean() ? Optional.empty() : Optional.of(found);
  }

  private TupleIndex validation(StudyLabels labels) {
    if (config.validation().maxStudies() == 0) {
      return new TupleIndex(List.of(), List.of(), 0, 0);
    }
    try (TupleScan scan = scan(Topic.TUPLES_VALIDATION)) {
      TupleIndex found =
          start.validation().isEmpty() ? scan.toEnd() : scan.over(start.validation());
      if (isSupervised() && found.size() > 0 && labels.labelled(scan.studies()) == 0) {
        LOG.warn("no study for validation has a label: there is no validation loss");
      }
      return found;
    }
  }

  private TupleScan scan(Topic topic) {
    return TupleScan.open(clients, connection, topic, check);
  }

  private boolean isSupervised() {
    return config.model().objectives().labels() > 0;
  }

  private StudyLabels labels(Set<String> studies) {
    if (!isSupervised()) {
      return StudyLabels.none();
    }
    StudyLabels labels =
        LabelScan.read(clients, connection, config.model().findings(), start.labels());
    String topic = connection.topics().of(Topic.LABELS);
    long labelled = labels.labelled(studies);
    List<String> missing = labels.missing(studies);
    if (labelled == 0) {
      throw new TrainingException(
          "none of the %d studies has a label for any of %s on topic %s; publish labels under the studies' own ids, as radstream publish does, or set model.objectives.labels=0"
              .formatted(studies.size(), config.model().findings(), topic));
    }
    if (!missing.isEmpty()) {
      throw new TrainingException(
          "no study has a label for %s on topic %s; publish some, or take it out of model.findings"
              .formatted(String.join(", ", missing), topic));
    }
    LOG.info("labelled={} of studies={}", labelled, studies.size());
    return labels;
  }
}

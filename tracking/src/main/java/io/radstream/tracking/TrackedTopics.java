package io.radstream.tracking;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.TopicScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** The topics that tell of runs, on their way to a tracker. */
public final class TrackedTopics {

  private final KafkaConnection connection;
  private final Tracker tracker;
  private final Predicate<String> lines;
  private final Told told = new Told();

  /** What was passed on. */
  public static final class Told {

    private long records;
    private long unreadable;

    /** Records of the lines that are wanted. */
    public synchronized long records() {
      return records;
    }

    /** Records that cannot be read. */
    public synchronized long unreadable() {
      return unreadable;
    }

    private synchronized void add(long read, long notRead) {
      records += read;
      unreadable += notRead;
    }
  }

  /**
   * @param lines which model lines are wanted, by name
   */
  public TrackedTopics(KafkaConnection connection, Tracker tracker, Predicate<String> lines) {
    this.connection = connection;
    this.tracker = tracker;
    this.lines = lines;
  }

  public Told told() {
    return told;
  }

  /**
   * Passes on what there is now.
   *
   * @throws IOException where the tracker does not take it
   */
  public void once() throws IOException {
    try {
      scan(Topic.CHECKPOINTS, CheckpointPublished.class, this::checkpoint);
      scan(Topic.TRAINING_METRICS, TrainingMetric.class, this::metric);
      scan(Topic.EVALUATIONS, Evaluation.class, this::evaluation);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    tracker.flush();
  }

  private <T extends SpecificRecord> void scan(Topic topic, Class<T> type, Consumer<T> sink) {
    String name = connection.topics().of(topic);
    RecordReader<T> reader = new RecordReader<>(type, connection);
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(
          record -> {
            if (record.value() == null) {
              return; // the mark of a process that took its line
            }
            if (reader.read(name, record.value()) instanceof Decoded.Valid<T> valid) {
              sink.accept(valid.value());
            } else {
              told.add(0, 1);
            }
          });
    }
  }

  /** Passes on what there is, and then what comes; the caller closes them. */
  public List<TopicFollower<?>> follow() {
    List<TopicFollower<?>> followers =
        List.of(
            follower(Topic.CHECKPOINTS, CheckpointPublished.class, this::checkpoint),
            follower(Topic.TRAINING_METRICS, TrainingMetric.class, this::metric),
            follower(Topic.EVALUATIONS, Evaluation.class, this::evaluation));
    followers.forEach(TopicFollower::start);
    return followers;
  }

  private <T extends SpecificRecord> TopicFollower<T> follower(
      Topic topic, Class<T> type, Consumer<T> sink) {
    return TopicFollower.of(
        connection,
        topic,
        type,
        (records, caughtUp) -> {
          synchronized (tracker) {
            records.forEach(sink);
            if (caughtUp) {
              flush();
            }
          }
        });
  }

  private void flush() {
    try {
      tracker.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkpoint(CheckpointPublished record) {
    pass(
        record.getLine(),
        () ->
            tracker.settings(
                RunSettings.of(
                    record.getLine(), record.getRunId(), record.getTime(), record.getConfig())));
  }

  private void metric(TrainingMetric record) {
    pass(
        record.getLine(),
        () ->
            tracker.figures(
                new RunFigures(
                    record.getLine(),
                    record.getRunId(),
                    record.getStep(),
                    record.getTime(),
                    record.getValues())));
  }

  /** Its parts differ in their predictions only, which no tracker is told of. */
  private void evaluation(Evaluation record) {
    if (record.getPart() != 0) {
      return;
    }
    Optional<EvaluationFigures> figures = EvaluationFigures.of(record);
    if (figures.isPresent()) {
      pass(record.getLine(), () -> tracker.evaluation(figures.get()));
    } else {
      told.add(0, 1);
    }
  }

  private interface Passing {
    void on() throws IOException;
  }

  private void pass(String line, Passing passing) {
    if (!lines.test(line)) {
      return;
    }
    try {
      passing.on();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    told.add(1, 0);
  }
}

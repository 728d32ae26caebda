package io.radstream.cli.reports;

import io.radstream.radiology.study.StudyInput;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.WithdrawnNow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads ranges of a topic of tuples, has a checkpoint write the report of each study, and keeps the
 * study's own beside it. Each study counts once, by the newest of its revisions in the ranges;
 * those that were withdrawn do not count. For one thread.
 */
public final class TupleReports {

  /** Studies whose reports are written side by side. */
  private static final int TOGETHER = 8;

  /** How it goes. */
  public interface Listener {

    /** So many reports are to be written. */
    void begins(long reports);

    /** So many more are done. */
    void done(long reports);
  }

  /**
   * What came of it, by study.
   *
   * @param written by the checkpoint
   * @param known that the tuples have
   * @param leftOut studies without views, without a report in the checkpoint's token ids, or with a
   *     view that is no radiograph
   */
  public record Outcome(Map<String, String> written, Map<String, String> known, int leftOut) {

    public Outcome {
      // In their order: studies are drawn by it.
      written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
      known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
    }
  }

  private record Newest(int partition, long offset, int revision, boolean usable) {

    boolean isAt(ConsumerRecord<byte[], byte[]> record) {
      return partition == record.partition() && offset == record.offset();
    }
  }

  private record Prepared(String studyId, StudyInput input) {}

  private final KafkaConnection connection;
  private final String topic;
  private final RecordReader<StudyTuple> reader;
  private final CheckpointPen pen;
  private final BooleanSupplier stopped;
  private final Map<String, String> written = new LinkedHashMap<>();
  private final Map<String, String> known = new LinkedHashMap<>();
  private final List<Prepared> waiting = new ArrayList<>();

  /**
   * @param topic of tuples
   * @param stopped whether to give up
   */
  public TupleReports(
      KafkaConnection connection, Topic topic, CheckpointPen pen, BooleanSupplier stopped) {
    this.connection = connection;
    this.topic = connection.topics().of(topic);
    this.reader = new RecordReader<>(StudyTuple.class, connection);
    this.pen = pen;
    this.stopped = stopped;
  }

  /**
   * Called once.
   *
   * @param ranges to read; empty for all that the topic holds
   * @throws IllegalStateException where the topic does not hold them, or the network was trained
   *     without the language loss
   * @throws CancellationException where it was stopped
   */
  public Outcome write(List<OffsetRange> ranges, Listener listener) {
    List<OffsetRange> all = ranges.isEmpty() ? extent() : ranges;
    Map<String, Newest> newest = newest(all);
    int studies = newest.size();
    newest.values().removeIf(place -> !place.usable());
    listener.begins(newest.size());
    read(
        all,
        (record, tuple) -> {
          Newest place = newest.get(tuple.getStudyId());
          if (place != null && place.isAt(record)) {
            newest.remove(tuple.getStudyId());
            take(tuple, listener);
          }
        });
    writeWaiting(listener);
    return new Outcome(written, known, studies - written.size());
  }

  private List<OffsetRange> extent() {
    try (TopicScan scan = scan()) {
      return scan.extent();
    }
  }

  private TopicScan scan() {
    return new TopicScan(KafkaClients.of(connection).consumer(), topic);
  }

  private Map<String, Newest> newest(List<OffsetRange> ranges) {
    Map<String, Newest> newest = new HashMap<>();
    read(
        ranges,
        (record, tuple) ->
            newest.merge(
                tuple.getStudyId(),
                new Newest(
                    record.partition(), record.offset(), tuple.getRevision(), pen.reads(tuple)),
                (one, other) -> other.revision() >= one.revision() ? other : one));
    newest.keySet().removeAll(WithdrawnNow.of(KafkaClients.of(connection), connection));
    return newest;
  }

  /** Each range by itself: two of a partition are not one. */
  private void read(
      List<OffsetRange> ranges, BiConsumer<ConsumerRecord<byte[], byte[]>, StudyTuple> sink) {
    for (OffsetRange range : ranges) {
      try (TopicScan scan = scan()) {
        scan.over(
            List.of(range),
            record -> {
              requireGoingOn();
              if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyTuple> valid) {
                sink.accept(record, valid.value());
              }
            });
      }
    }
  }

  private void requireGoingOn() {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
  }

  private void take(StudyTuple tuple, Listener listener) {
    pen.prepare(tuple)
        .ifPresentOrElse(
            input -> {
              waiting.add(new Prepared(tuple.getStudyId(), input));
              known.put(tuple.getStudyId(), pen.known(tuple));
            },
            () -> listener.done(1));
    if (waiting.size() == TOGETHER) {
      writeWaiting(listener);
    }
  }

  private void writeWaiting(Listener listener) {
    if (waiting.isEmpty()) {
      return;
    }
    List<String> reports = pen.write(waiting.stream().map(Prepared::input).toList());
    for (int i = 0; i < reports.size(); i++) {
      written.put(waiting.get(i).studyId(), reports.get(i));
    }
    listener.done(reports.size());
    waiting.clear();
  }
}

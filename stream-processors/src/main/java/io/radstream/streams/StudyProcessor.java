package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Merges the records of a study and decides when it is ready.
 *
 * <p>Whatever is due is done before the record that moves stream time past it, and not by a
 * punctuation, whose place between the records depends on how they were fetched: thus the output of
 * a partition is a function of its records alone. Where no record comes, stream time goes on at the
 * pace of the wall clock, {@link #IDLE_GRACE} behind it, so that the last studies do not wait for
 * ever.
 */
final class StudyProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** How long records may be under way before their absence counts as silence. */
  private static final Duration IDLE_GRACE = Duration.ofSeconds(1);

  private static final Duration IDLE_CHECK = Duration.ofMillis(200);

  private static final Refusal FULL =
      new Refusal(
          RejectionReason.OVERSIZED,
          "the study has %d parts already, as many as are kept at a time"
              .formatted(StudyProgress.MOST_PARTS));

  private final KafkaConnection connection;
  private final StageConfig config;
  private final StageCounters counters;
  private final RecordReader<Study> reader;
  private final RecordCheck check;
  private final String topic;

  private ProcessorContext<byte[], byte[]> context;
  private StudyStore store;
  private StageOutputs outputs;
  private StudyDecision decision;
  private long lastRecordWallClock;

  StudyProcessor(KafkaConnection connection, StageConfig config, StageCounters counters) {
    this.connection = connection;
    this.config = config;
    this.counters = counters;
    this.topic = connection.topics().of(Topic.STUDIES);
    this.reader = new RecordReader<>(Study.class, connection);
    this.check = new RecordCheck(reader, topic);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    store = new StudyStore(context);
    outputs = new StageOutputs(context, connection, config, counters);
    decision =
        new StudyDecision(
            store,
            reader,
            outputs,
            config,
            new SourcePartition(topic, context.taskId().partition()));
    lastRecordWallClock = context.currentSystemTimeMs();
    context.schedule(IDLE_CHECK, PunctuationType.WALL_CLOCK_TIME, this::whileIdle);
  }

  private void whileIdle(long wallClock) {
    long idle = wallClock - lastRecordWallClock - IDLE_GRACE.toMillis();
    if (idle >= 0 && context.currentStreamTimeMs() >= 0) {
      settleUntil(context.currentStreamTimeMs() + idle);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    lastRecordWallClock = context.currentSystemTimeMs();
    settleUntil(context.currentStreamTimeMs());
    accept(new StudyRecord(record.key(), record.value(), origin()));
    counters.record();
  }

  private RecordRef origin() {
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record always has its coordinates"));
    return new RecordRef(metadata.topic(), metadata.partition(), metadata.offset());
  }

  private void accept(StudyRecord record) {
    long now = context.currentStreamTimeMs();
    Optional<Refusal> unusable = record.unusable();
    if (unusable.isPresent()) {
      outputs.rejection(record, unusable.get(), now);
      return;
    }
    StudyProgress before = store.progress(record.key());
    if (before.seen().contains(record.digest())) {
      return;
    }
    if (before.isFull()) {
      outputs.rejection(record, FULL, now);
      return;
    }
    RecordCheck.Checked checked = check.check(record.studyId(), before.patientId(), record.value());
    if (checked instanceof RecordCheck.Checked.Accepted accepted) {
      merge(record, before.withSeen(record.digest()), accepted.study(), now);
    } else if (checked instanceof RecordCheck.Checked.Refused refused) {
      outputs.rejection(record, refused.refusal(), now);
      if (refused.forGood()) {
        store.save(record.key(), before.withSeen(record.digest()));
      }
    }
  }

  private void merge(StudyRecord record, StudyProgress before, Study part, long now) {
    long offset = record.origin().getOffset();
    store.putPart(offset, record.value());
    StudyProgress merged = before.withPart(part, offset, now, config);
    store.save(record.key(), merged.due() <= now ? decision.decide(record.key(), merged) : merged);
  }

  /** Does everything that is due at {@code time} or before, in the order of its time. */
  private void settleUntil(long time) {
    Optional<byte[]> next = store.firstDue(time);
    while (next.isPresent()) {
      byte[] key = next.get();
      StudyProgress progress = store.progress(key);
      store.save(key, progress.decided() ? forget(progress) : decision.decide(key, progress));
      next = store.firstDue(time);
    }
  }

  private StudyProgress forget(StudyProgress progress) {
    progress.parts().forEach(store::deletePart);
    return progress.withoutParts();
  }

  @Override
  public void close() {
    if (outputs != null) {
      outputs.close();
    }
  }
}

package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.streams.StudyAssembly.Assembled;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.common.header.Header;
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
 * a partition is a function of its records alone, whoever works on it and however often that
 * changes. Where the topic holds no more records, stream time goes on at the pace of the wall
 * clock, {@link #IDLE_GRACE} behind it, so that the last studies do not wait for ever.
 */
final class StudyProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** How long records may be under way before their absence counts as silence. */
  private static final Duration IDLE_GRACE = Duration.ofSeconds(1);

  private static final Duration IDLE_CHECK = Duration.ofMillis(200);

  private static final byte[] NOTHING = {};

  private static final Refusal FULL =
      new Refusal(
          RejectionReason.OVERSIZED,
          "the study has %d parts already, as many as are kept at a time"
              .formatted(ReceivedParts.MOST));

  private final KafkaConnection connection;
  private final StageConfig config;
  private final StageCounters counters;
  private final StageSpans spans;
  private final IntFunction<StudyParts> partsOf;
  private final RecordReader<Study> reader;
  private final RecordCheck check;
  private final String topic;

  private ProcessorContext<byte[], byte[]> context;
  private StudyParts parts;
  private StudyStore store;
  private StudyAssembly assembly;
  private StageOutputs outputs;
  private StudyDecision decision;
  private ViewsAtOnce views;
  private WaitingParts waiting;
  private long lastRecordWallClock;

  /**
   * @param partsOf the records of a partition, to be read again
   */
  StudyProcessor(
      KafkaConnection connection,
      StageConfig config,
      StageCounters counters,
      StageSpans spans,
      IntFunction<StudyParts> partsOf) {
    this.connection = connection;
    this.config = config;
    this.counters = counters;
    this.spans = spans;
    this.partsOf = partsOf;
    this.topic = connection.topics().of(Topic.STUDIES);
    this.reader = new RecordReader<>(Study.class, connection);
    this.check = new RecordCheck(reader, topic);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    int partition = context.taskId().partition();
    parts = partsOf.apply(partition);
    store = new StudyStore(context, config, new WaitingCount(counters));
    assembly = new StudyAssembly(parts, reader, topic, config.viewCap());
    outputs = new StageOutputs(context, connection, counters, spans);
    SourcePartition source = new SourcePartition(topic, partition);
    decision = new StudyDecision(assembly, store.patients(), outputs, config, source);
    views = new ViewsAtOnce(assembly, store.patients(), outputs, config.views());
    waiting = new WaitingParts(store, parts, reader, outputs, source, config);
    lastRecordWallClock = context.currentSystemTimeMs();
    context.schedule(IDLE_CHECK, PunctuationType.WALL_CLOCK_TIME, this::whileIdle);
  }

  private void whileIdle(long wallClock) {
    store.open();
    long idle = wallClock - lastRecordWallClock - IDLE_GRACE.toMillis();
    Place place = store.place();
    if (idle < 0 || !place.isKnown() || store.firstDue(place.time() + idle).isEmpty()) {
      return;
    }
    if (parts.hasMore(place.offset())) {
      // It is not the topic that is silent: this task was not given its records yet.
      lastRecordWallClock = wallClock;
    } else {
      settleUntil(place.time() + idle);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    lastRecordWallClock = context.currentSystemTimeMs();
    RecordRef origin = origin();
    Place place = store.place().at(origin.getOffset(), context.currentStreamTimeMs());
    settleUntil(place.time());
    accept(received(record, origin), place.time());
    store.reached(place);
    counters.record();
  }

  private static StudyRecord received(Record<byte[], byte[]> record, RecordRef origin) {
    Header redrive = record.headers().lastHeader(Topic.REDRIVE_HEADER);
    byte[] rejection = redrive == null ? null : redrive.value();
    Header encoded = record.headers().lastHeader(Topic.ENCODED_HEADER);
    byte[] word = encoded == null ? null : Objects.requireNonNullElse(encoded.value(), NOTHING);
    return new StudyRecord(
        record.key(), record.value(), origin, rejection, word, TraceHeader.read(record.headers()));
  }

  private RecordRef origin() {
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record always has its coordinates"));
    return new RecordRef(metadata.topic(), metadata.partition(), metadata.offset());
  }

  private void accept(StudyRecord record, long now) {
    Optional<Refusal> unusable = record.unusable();
    if (unusable.isPresent()) {
      outputs.rejection(record, unusable.get(), now);
      return;
    }
    StudyProgress before = store.progress(record.key());
    RecordDigest digest = record.digest();
    if (before.hasSeen(digest)) {
      return;
    }
    if (before.isFull()) {
      outputs.rejection(record, FULL, now);
      return;
    }
    RecordCheck.Checked checked =
        check.check(record, digest, before.patientId(), store.patients()::survivor);
    if (checked instanceof RecordCheck.Checked.Accepted accepted) {
      take(record, digest, before, accepted.study(), now);
      if (!before.waiting().isEmpty()) {
        waiting.takeExplained(record.key(), this::take, now);
      }
    } else if (checked instanceof RecordCheck.Checked.OfAnother other) {
      waiting.keep(record, digest, before, other.study(), now);
    } else if (checked instanceof RecordCheck.Checked.Merged merged) {
      merge(merged.patients(), now);
    } else if (checked instanceof RecordCheck.Checked.Refused refused) {
      outputs.rejection(record, refused.refusal(), now);
      if (refused.forGood()) {
        store.save(record.key(), before, before.withSeen(digest, now, config));
      }
    }
  }

  private void take(
      StudyRecord record, RecordDigest digest, StudyProgress before, Study part, long now) {
    StudyProgress after = more(record, digest, before, part, now);
    StudyProgress more = record.redrive() == null ? after : after.askedAgain();
    views.send(record.key(), part, more, origin(), now);
    boolean due = more.due() <= now;
    store.save(record.key(), before, due ? decide(record.key(), more) : more);
  }

  private StudyProgress decide(byte[] key, StudyProgress progress) {
    StudyProgress decided = decision.decide(key, progress);
    parts.release(progress.parts().offsets());
    return decided;
  }

  /** With one part more. */
  private StudyProgress more(
      StudyRecord record, RecordDigest digest, StudyProgress before, Study part, long now) {
    long offset = record.origin().getOffset();
    parts.hold(offset, part, record);
    if (!StudyMerge.takesBack(part)) {
      return before.withPart(part, digest, offset, now, config);
    }
    ReceivedParts all = before.parts().withRetraction(offset, false, false);
    Assembled left = assembly.of(record.studyId(), before.patientId(), all);
    // What cannot be put together is told when the study is decided.
    MergedStudy study =
        left instanceof Assembled.Whole whole
            ? whole.study()
            : new MergedStudy(record.studyId(), "", List.of(), Optional.empty());
    return before.withRetraction(part, study, offset, now, config);
  }

  /** What has gone out of the former patient's studies goes out again as the survivor's. */
  private void merge(PatientMerge merge, long now) {
    for (byte[] key : store.patients().merge(merge.former(), merge.survivor())) {
      StudyProgress before = store.progress(key);
      String patient = store.patients().survivor(before.patientId());
      if (before.decided() && before.last().isOfAnother(patient)) {
        store.save(key, before, decision.decideAgain(key, before, now));
      }
      if (!before.waiting().isEmpty()) {
        waiting.takeExplained(key, this::take, now);
      }
    }
  }

  /** Does everything that is due at {@code time} or before, in the order of its time. */
  private void settleUntil(long time) {
    store.open();
    Optional<byte[]> next = store.firstDue(time);
    while (next.isPresent()) {
      byte[] key = next.get();
      StudyProgress progress = store.progress(key);
      if (progress.isWaitOver()) {
        waiting.giveUpFirst(key, progress);
      } else if (progress.decided()) {
        store.forget(key, progress);
      } else {
        store.save(key, progress, decide(key, progress));
      }
      next = store.firstDue(time);
    }
  }

  @Override
  public void close() {
    if (store != null) {
      store.leave();
    }
    if (outputs != null) {
      outputs.close();
    }
    if (parts != null) {
      parts.close();
    }
  }
}

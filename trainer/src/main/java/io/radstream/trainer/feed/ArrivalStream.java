package io.radstream.trainer.feed;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.tuples.LeftOut;
import io.radstream.trainer.tuples.LeftOut.Reason;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.TupleRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tuples of a source as they arrive, and those that may be replayed. What is no usable tuple is
 * passed by, and counted with the reason. For one thread.
 */
public final class ArrivalStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalStream.class);

  /** A stream may be quiet for as long as it likes. */
  private static final Patience QUIET = Patience.endless(time -> {});

  /**
   * @param study empty where the tuple takes its study back
   */
  private record Arrived(Arrival arrival, String studyId, Optional<Future<PreparedStudy>> study) {}

  private final String source;
  private final TopicConsumer log;
  private final RecordReader<StudyTuple> reader;
  private final TupleCheck check;
  private final Studies studies;
  private final ReplayWindow window;
  private final Map<Integer, ArrivalCursor> cursors = new TreeMap<>();
  private final Deque<Arrived> ahead = new ArrayDeque<>();
  private LeftOut leftOut = LeftOut.none();
  private Patience.Wait idle = QUIET.begin();

  /**
   * @param from where to go on; partitions that it does not name are read from their beginning
   * @param replayWindow newest tuples that may be replayed
   * @param arrangement in which the window reaches back
   * @throws UnreadableTopicException where the topic does not exist, no longer holds the offsets,
   *     or ends before them
   */
  public ArrivalStream(
      SourcePosition from,
      String topic,
      Consumer<byte[], byte[]> consumer,
      RecordReader<StudyTuple> reader,
      TupleCheck check,
      Studies studies,
      long replayWindow,
      Arrangement arrangement) {
    this.source = from.source();
    this.log = new TopicConsumer(consumer, topic, Patience.limited());
    this.reader = reader;
    this.check = check;
    this.studies = studies;
    List<TopicPartition> partitions = log.partitions();
    long back = Math.max(1, replayWindow / partitions.size());
    this.window = new ReplayWindow(back, arrangement);
    EarlierArrivals earlier = new EarlierArrivals(log, this::decode, arrangement);
    requireHeld(from, log.ends(partitions));
    log.begins(partitions)
        .forEach(
            (at, begin) -> {
              ArrivalCursor cursor = cursor(from, at, begin);
              cursors.put(at.partition(), cursor);
              earlier.fill(window, at, begin, cursor, back);
            });
    log.assign(partitions);
    partitions.forEach(at -> log.seek(at, cursors.get(at.partition()).offset()));
  }

  /** A run waits for ever for what comes behind an offset that is beyond the end. */
  private void requireHeld(SourcePosition from, Map<TopicPartition, Long> ends) {
    new TreeMap<>(from.offsets())
        .forEach(
            (partition, offset) -> {
              TopicPartition at = new TopicPartition(log.topic(), partition);
              requireHeld(at, offset, ends.getOrDefault(at, 0L));
            });
  }

  private static void requireHeld(TopicPartition at, long offset, long end) {
    if (offset > end) {
      throw new UnreadableTopicException(
          "%s ends at offset %d, and the run goes on at offset %d: the topic was deleted and made again, or cut at its end. Begin a line anew (radstream train --fresh); initial.checkpoint names weights to set out from"
              .formatted(at, end, offset));
    }
  }

  private static ArrivalCursor cursor(SourcePosition from, TopicPartition at, long begin) {
    Long offset = from.offsets().get(at.partition());
    if (offset == null) {
      return new ArrivalCursor(at.partition(), begin, OptionalLong.of(0));
    }
    if (offset < begin) {
      throw new UnreadableTopicException(
          "%s no longer holds offset %d, where the run goes on; check its retention"
              .formatted(at, offset));
    }
    Long rank = from.ranks().get(at.partition());
    return new ArrivalCursor(
        at.partition(), offset, rank == null ? OptionalLong.empty() : OptionalLong.of(rank));
  }

  /**
   * Waits for new tuples, at most so long; fewer than {@code most} are held.
   *
   * @param step at which they may be taken first
   */
  void poll(Duration patience, int most, long step) {
    if (ahead.size() >= most) {
      return;
    }
    ConsumerRecords<byte[], byte[]> records = poll(patience);
    if (!records.isEmpty()) {
      idle = QUIET.begin();
    } else if (idle.spent(patience)) {
      stillWaiting();
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Arrival arrival = cursors.get(record.partition()).polled(record.offset());
      decode(record).ifPresent(tuple -> arrive(arrival, tuple, record, step));
    }
  }

  private void arrive(
      Arrival arrival, StudyTuple tuple, ConsumerRecord<byte[], byte[]> record, long step) {
    String study = tuple.getStudyId();
    if (TupleCheck.takesBack(tuple)) {
      ahead.removeIf(earlier -> earlier.studyId().equals(study));
      ahead.add(new Arrived(arrival, study, Optional.empty()));
    } else {
      SpanContext origin = TraceHeader.read(record.headers());
      Future<PreparedStudy> prepared =
          studies.arrived(read(arrival, step), tuple, record.timestamp(), origin);
      ahead.add(new Arrived(arrival, study, Optional.of(prepared)));
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    try {
      return log.poll(patience);
    } catch (UnreadableTopicException e) {
      requireHeld();
      throw e;
    }
  }

  private void requireHeld() {
    ends().forEach((at, end) -> requireHeld(at, log.position(at), end));
  }

  private void stillWaiting() {
    requireHeld();
    LOG.info(
        "source={} waiting for new studies for seconds={}, behind {}",
        source,
        idle.seconds(),
        new TreeMap<>(Map.copyOf(position().offsets())));
  }

  private Read read(Arrival arrival, long step) {
    return new Read(source, arrival.ref(), arrival.rank(), step);
  }

  /** A tuple that can be learned from, or that takes its study back. */
  private Optional<StudyTuple> decode(ConsumerRecord<byte[], byte[]> record) {
    if (!(log.decode(() -> reader.read(log.topic(), record.value()))
        instanceof Decoded.Valid<StudyTuple> valid)) {
      leaveOut(record, "", Reason.NO_TUPLE);
      return Optional.empty();
    }
    StudyTuple tuple = valid.value();
    boolean takenBack = TupleCheck.takesBack(tuple);
    Optional<Reason> fault =
        takenBack || check.sameTokenizer(tuple)
            ? check.fault(tuple)
            : Optional.of(Reason.OTHER_TOKENIZER);
    fault.ifPresent(reason -> leaveOut(record, tuple.getStudyId(), reason));
    return fault.isPresent() && !takenBack ? Optional.empty() : Optional.of(tuple);
  }

  private void leaveOut(ConsumerRecord<byte[], byte[]> record, String study, Reason reason) {
    LOG.debug(
        "left out: topic={} ref={}@{} study={} reason={}",
        log.topic(),
        record.partition(),
        record.offset(),
        study,
        reason);
    leftOut = leftOut.plus(reason);
    if (leftOut.isWorthTelling()) {
      LOG.warn("left out on topic={} so far: {}", log.topic(), leftOut);
    }
  }

  /** The next new study that can be learned from; empty where none is here. */
  Optional<TakenStudy> take(long step) throws InterruptedException {
    while (!ahead.isEmpty()) {
      Arrived arrived = ahead.remove();
      Arrival arrival = arrived.arrival();
      if (arrived.study().isEmpty()) {
        cursors.get(arrival.ref().partition()).taken(arrival);
        window.remove(arrived.studyId());
        continue;
      }
      PreparedStudy study = Studies.get(arrived.study().get());
      cursors.get(arrival.ref().partition()).taken(arrival);
      if (studies.isUsable(study)) {
        window.add(arrival, study.studyId());
        return Optional.of(new TakenStudy(read(arrival, step), study));
      }
    }
    return Optional.empty();
  }

  /** Tuples that may be replayed, in a fixed order. */
  List<Arrival> replayable() {
    return window.arrivals();
  }

  /** Those of the tuples that can be learned from again. */
  List<TakenStudy> replay(List<Arrival> arrivals, long step) throws InterruptedException {
    List<TupleRef> refs = arrivals.stream().map(Arrival::ref).toList();
    List<Read> reads = arrivals.stream().map(arrival -> read(arrival, step)).toList();
    List<CompletableFuture<PreparedStudy>> fetched =
        reads.stream().map(read -> studies.ahead(read, refs)).toList();
    List<TakenStudy> taken = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      PreparedStudy study = Studies.get(fetched.get(i));
      if (studies.isUsable(study)) {
        taken.add(new TakenStudy(reads.get(i), study));
      }
    }
    return taken;
  }

  SourcePosition position() {
    Map<Integer, Long> offsets = new HashMap<>();
    Map<Integer, Long> ranks = new HashMap<>();
    cursors.forEach(
        (partition, cursor) -> {
          offsets.put(partition, cursor.offset());
          cursor.rank().ifPresent(rank -> ranks.put(partition, rank));
        });
    return new SourcePosition(source, 0, 0, offsets, ranks);
  }

  /** New tuples that have not been taken. */
  long lag() {
    // Marks of transactions count as offsets, but a position moves past them.
    return ahead.size()
        + ends().entrySet().stream()
            .mapToLong(end -> end.getValue() - log.position(end.getKey()))
            .sum();
  }

  private Map<TopicPartition, Long> ends() {
    return log.ends(log.assigned());
  }

  /** Leaves out the older of the new tuples, so that about so many are left. */
  List<SourceRange> passOver(long kept) {
    Map<TopicPartition, Long> ends = ends();
    long keptOfEach = kept / ends.size();
    List<SourceRange> passed = new ArrayList<>();
    ahead.clear();
    ends.forEach(
        (at, end) -> {
          ArrivalCursor cursor = cursors.get(at.partition());
          long begin = cursor.offset();
          long target = Math.max(begin, end - keptOfEach);
          if (target > begin) {
            passed.add(
                new SourceRange(
                    source, log.topic(), new OffsetRange(at.partition(), begin, target)));
          }
          cursor.passTo(target);
          log.seek(at, target);
        });
    return passed;
  }

  @Override
  public void close() {
    log.close();
  }
}

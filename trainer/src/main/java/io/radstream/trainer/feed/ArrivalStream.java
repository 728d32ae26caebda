package io.radstream.trainer.feed;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.tuples.LeftOut;
import io.radstream.trainer.tuples.LeftOut.Reason;
import io.radstream.trainer.tuples.OffsetRange;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.TopicScan;
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
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tuples of a source as they arrive, and those that may be replayed. What is no usable tuple is
 * passed by, and counted with the reason. For one thread.
 */
public final class ArrivalStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalStream.class);

  private record Arrived(Arrival arrival, Future<PreparedStudy> study) {}

  private final String source;
  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader<StudyTuple> reader;
  private final TupleCheck check;
  private final Studies studies;
  private final ReplayWindow window;
  private final Map<Integer, ArrivalCursor> cursors = new TreeMap<>();
  private final Deque<Arrived> ahead = new ArrayDeque<>();
  private LeftOut leftOut = LeftOut.none();

  /**
   * @param from where to go on; partitions that it does not name are read from their beginning
   * @param replayWindow newest tuples that may be replayed
   * @param arrangement in which the window reaches back
   * @throws IllegalStateException where the topic does not exist or no longer holds the offsets
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
    this.topic = topic;
    this.consumer = consumer;
    this.reader = reader;
    this.check = check;
    this.studies = studies;
    List<TopicPartition> partitions = TopicScan.partitions(consumer, topic);
    long back = Math.max(1, replayWindow / partitions.size());
    this.window = new ReplayWindow(back, arrangement);
    EarlierArrivals earlier = new EarlierArrivals(consumer, this::decode, arrangement);
    consumer
        .beginningOffsets(partitions)
        .forEach(
            (at, begin) -> {
              ArrivalCursor cursor = cursor(from, at, begin);
              cursors.put(at.partition(), cursor);
              earlier.fill(window, at, begin, cursor, back);
            });
    consumer.assign(partitions);
    partitions.forEach(at -> consumer.seek(at, cursors.get(at.partition()).offset()));
  }

  private static ArrivalCursor cursor(SourcePosition from, TopicPartition at, long begin) {
    Long offset = from.offsets().get(at.partition());
    if (offset == null) {
      return new ArrivalCursor(at.partition(), begin, OptionalLong.of(0));
    }
    if (offset < begin) {
      throw new IllegalStateException(
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
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      Arrival arrival = cursors.get(record.partition()).polled(record.offset());
      Optional<StudyTuple> tuple = decode(record);
      if (tuple.isPresent()) {
        ahead.add(new Arrived(arrival, studies.arrived(read(arrival, step), tuple.get())));
      }
    }
  }

  private Read read(Arrival arrival, long step) {
    return new Read(source, arrival.ref(), arrival.rank(), step);
  }

  private Optional<StudyTuple> decode(ConsumerRecord<byte[], byte[]> record) {
    if (!(reader.read(topic, record.value()) instanceof Decoded.Valid<StudyTuple> valid)) {
      leaveOut(Reason.NO_TUPLE);
      return Optional.empty();
    }
    StudyTuple tuple = valid.value();
    Optional<Reason> fault =
        check.sameTokenizer(tuple) ? check.fault(tuple) : Optional.of(Reason.OTHER_TOKENIZER);
    fault.ifPresent(this::leaveOut);
    return fault.isPresent() ? Optional.empty() : Optional.of(tuple);
  }

  private void leaveOut(Reason reason) {
    leftOut = leftOut.plus(reason);
    if (leftOut.isWorthTelling()) {
      LOG.warn("left out on topic={} so far: {}", topic, leftOut);
    }
  }

  /** The next new study that can be learned from; empty where none is here. */
  Optional<Taken> take(long step) throws InterruptedException {
    while (!ahead.isEmpty()) {
      Arrived arrived = ahead.remove();
      PreparedStudy study = Studies.get(arrived.study());
      Arrival arrival = arrived.arrival();
      cursors.get(arrival.ref().partition()).taken(arrival);
      if (studies.isUsable(study)) {
        window.add(arrival, study.studyId());
        return Optional.of(new Taken(read(arrival, step), study));
      }
    }
    return Optional.empty();
  }

  /** Tuples that may be replayed, in a fixed order. */
  List<Arrival> replayable() {
    return window.arrivals();
  }

  /** Those of the tuples that can be learned from again. */
  List<Taken> replay(List<Arrival> arrivals, long step) throws InterruptedException {
    List<TupleRef> refs = arrivals.stream().map(Arrival::ref).toList();
    List<Read> reads = arrivals.stream().map(arrival -> read(arrival, step)).toList();
    List<Future<PreparedStudy>> fetched =
        reads.stream().map(read -> studies.ahead(read, refs)).toList();
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      PreparedStudy study = Studies.get(fetched.get(i));
      if (studies.isUsable(study)) {
        taken.add(new Taken(reads.get(i), study));
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
            .mapToLong(end -> end.getValue() - consumer.position(end.getKey()))
            .sum();
  }

  private Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(consumer.assignment());
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
                new SourceRange(source, topic, new OffsetRange(at.partition(), begin, target)));
          }
          cursor.passTo(target);
          consumer.seek(at, target);
        });
    return passed;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

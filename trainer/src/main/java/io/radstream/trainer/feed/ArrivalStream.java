package io.radstream.trainer.feed;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
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

  private record Arrived(TupleRef ref, Future<PreparedStudy> study) {}

  private final String source;
  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader<StudyTuple> reader;
  private final TupleCheck check;
  private final Studies studies;
  private final ReplayWindow window;
  private final Map<Integer, Long> next = new HashMap<>();
  private final Deque<Arrived> ahead = new ArrayDeque<>();
  private LeftOut leftOut = LeftOut.none();

  /**
   * @param from where to go on; partitions that it does not name are read from their beginning
   * @param replayWindow newest tuples that may be replayed
   * @throws IllegalStateException where the topic does not exist or no longer holds the offsets
   */
  public ArrivalStream(
      SourcePosition from,
      String topic,
      Consumer<byte[], byte[]> consumer,
      RecordReader<StudyTuple> reader,
      TupleCheck check,
      Studies studies,
      long replayWindow) {
    this.source = from.source();
    this.topic = topic;
    this.consumer = consumer;
    this.reader = reader;
    this.check = check;
    this.studies = studies;
    List<TopicPartition> partitions = TopicScan.partitions(consumer, topic);
    long back = Math.max(1, replayWindow / partitions.size());
    this.window = new ReplayWindow(back);
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    begins.forEach((at, begin) -> next.put(at.partition(), begin));
    next.putAll(from.offsets());
    begins.forEach((at, begin) -> requireHeld(at, begin));
    refill(begins, back);
  }

  private void requireHeld(TopicPartition at, long begin) {
    if (next.get(at.partition()) < begin) {
      throw new IllegalStateException(
          "%s no longer holds offset %d, where the run goes on; check its retention"
              .formatted(at, next.get(at.partition())));
    }
  }

  /** The window of an earlier process of the run. */
  private void refill(Map<TopicPartition, Long> begins, long back) {
    begins.forEach(
        (at, begin) -> consumer.seek(at, Math.max(begin, next.get(at.partition()) - back)));
    while (next.entrySet().stream().anyMatch(this::isBehind)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (record.offset() < next.get(record.partition())) {
          decode(record)
              .ifPresent(
                  tuple ->
                      window.add(
                          new TupleRef(record.partition(), record.offset()), tuple.getStudyId()));
        }
      }
    }
    next.forEach(
        (partition, offset) -> consumer.seek(new TopicPartition(topic, partition), offset));
  }

  private boolean isBehind(Map.Entry<Integer, Long> end) {
    return consumer.position(new TopicPartition(topic, end.getKey())) < end.getValue();
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
      TupleRef ref = new TupleRef(record.partition(), record.offset());
      Optional<StudyTuple> tuple = decode(record);
      if (tuple.isPresent()) {
        ahead.add(new Arrived(ref, studies.arrived(new Read(source, ref, step), tuple.get())));
      }
    }
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
      next.merge(arrived.ref().partition(), arrived.ref().offset() + 1, Math::max);
      if (studies.isUsable(study)) {
        window.add(arrived.ref(), study.studyId());
        return Optional.of(new Taken(new Read(source, arrived.ref(), step), study));
      }
    }
    return Optional.empty();
  }

  /** Tuples that may be replayed, in a fixed order. */
  List<TupleRef> replayable() {
    return window.refs();
  }

  /** Those of the tuples that can be learned from again. */
  List<Taken> replay(List<TupleRef> refs, long step) throws InterruptedException {
    List<Future<PreparedStudy>> fetched =
        refs.stream().map(ref -> studies.ahead(new Read(source, ref, step), refs)).toList();
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < refs.size(); i++) {
      PreparedStudy study = Studies.get(fetched.get(i));
      if (studies.isUsable(study)) {
        taken.add(new Taken(new Read(source, refs.get(i), step), study));
      }
    }
    return taken;
  }

  SourcePosition position() {
    return new SourcePosition(source, 0, 0, next);
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
          long begin = next.get(at.partition());
          long target = Math.max(begin, end - keptOfEach);
          if (target > begin) {
            passed.add(
                new SourceRange(source, topic, new OffsetRange(at.partition(), begin, target)));
          }
          next.put(at.partition(), target);
          consumer.seek(at, target);
        });
    return passed;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

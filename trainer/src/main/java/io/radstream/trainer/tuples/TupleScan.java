package io.radstream.trainer.tuples;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.tuples.LeftOut.Reason;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the studies on a tuple topic. Reads every record once and keeps only where it is. A record
 * that is no usable tuple is left out, and counted with the reason. Want of a report is counted by
 * study: a later revision may have it. A study whose newest revision takes it back is left out,
 * too.
 */
public final class TupleScan implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TupleScan.class);

  /** Where the newest revision of a study is. */
  private record Newest(
      int revision,
      TupleRef ref,
      boolean sameTokenizer,
      boolean reported,
      boolean takenBack,
      boolean wanted) {

    /**
     * Of two with the same revision the later was written after a replay of the stage, or after the
     * stage had forgotten the study: then it may lack the report. What was taken back and comes
     * again counts whatever its revision: the stage had forgotten that there was one before.
     */
    Newest or(Newest later) {
      boolean newer =
          later.revision > revision
              || (later.revision == revision && (later.reported || !reported || later.takenBack));
      return newer || takenBack ? later : this;
    }
  }

  private final TopicScan scan;
  private final RecordReader<StudyTuple> reader;
  private final TupleCheck check;
  private final Predicate<String> patients;
  private final String topic;
  private final Map<String, Newest> newest = new HashMap<>();
  private final Map<Reason, Long> leftOut = new EnumMap<>(Reason.class);
  private final Set<String> unreported = new HashSet<>();
  private final Map<Integer, BitSet> records = new HashMap<>();

  TupleScan(
      Consumer<byte[], byte[]> consumer,
      RecordReader<StudyTuple> reader,
      String topic,
      TupleCheck check,
      Predicate<String> patients) {
    this.scan = new TopicScan(consumer, topic);
    this.reader = reader;
    this.topic = topic;
    this.check = check;
    this.patients = patients;
  }

  public static TupleScan open(
      KafkaClients clients, KafkaConnection connection, Topic topic, TupleCheck check) {
    return open(clients, connection, topic, check, patient -> true);
  }

  /**
   * @param patients those whose studies {@link #only} may leave
   */
  public static TupleScan open(
      KafkaClients clients,
      KafkaConnection connection,
      Topic topic,
      TupleCheck check,
      Predicate<String> patients) {
    return new TupleScan(
        clients.consumer(),
        new RecordReader<>(StudyTuple.class, connection),
        connection.topics().of(topic),
        check,
        patients);
  }

  /**
   * Reads on to the present end of the topic.
   *
   * @throws IllegalStateException where the topic does not exist, or its tuples were made with
   *     another tokenizer
   */
  public TupleIndex toEnd() {
    return index(scan.toEnd(this::add));
  }

  /**
   * Reads exactly these ranges, as an earlier run did.
   *
   * @throws IllegalStateException where the topic no longer holds them
   */
  public TupleIndex over(List<OffsetRange> ranges) {
    scan.over(ranges, this::add);
    return index(ranges);
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    scan.mark(record, records);
    TupleRef ref = new TupleRef(record.partition(), record.offset());
    if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyTuple> valid) {
      Optional<Reason> fault = check.fault(valid.value());
      if (fault.isEmpty() || fault.get() == Reason.TAKEN_BACK) {
        add(ref, valid.value());
      } else {
        leaveOut(ref, valid.value(), fault.get());
      }
    } else {
      leftOut.merge(Reason.NO_TUPLE, 1L, Long::sum);
      LOG.debug("left out: topic={} ref={} reason={}", topic, ref, Reason.NO_TUPLE);
    }
  }

  private void leaveOut(TupleRef ref, StudyTuple tuple, Reason reason) {
    String study = tuple.getStudyId();
    if (reason == Reason.NO_REPORT) {
      unreported.add(study);
      return;
    }
    leftOut.merge(reason, 1L, Long::sum);
    LOG.debug("left out: topic={} ref={} study={} reason={}", topic, ref, study, reason);
  }

  private void add(TupleRef ref, StudyTuple tuple) {
    boolean takenBack = TupleCheck.takesBack(tuple);
    Newest candidate =
        new Newest(
            tuple.getRevision(),
            ref,
            takenBack || check.sameTokenizer(tuple),
            !tuple.getTokens().isEmpty(),
            takenBack,
            patients.test(tuple.getPatientId()));
    newest.merge(tuple.getStudyId(), candidate, Newest::or);
  }

  private TupleIndex index(List<OffsetRange> ranges) {
    Collection<Newest> found =
        newest.values().stream().filter(study -> !study.takenBack()).toList();
    long foreign = found.stream().filter(study -> !study.sameTokenizer()).count();
    if (foreign > 0) {
      throw new IllegalStateException(
          "%d of %d studies on %s were tokenized with another tokenizer than this run's (%s); give the tokenizer that the stage used"
              .formatted(foreign, found.size(), topic, check.tokenizer()));
    }
    List<TupleRef> refs = found.stream().map(Newest::ref).toList();
    return new TupleIndex(ranges, new OffsetSet(ranges, refs), RecordRanks.of(ranges, records));
  }

  /**
   * Of what was found those studies only that belong to the patients of this scan and to these ids.
   *
   * @param found the last that was
   */
  public TupleIndex only(TupleIndex found, Set<String> ids) {
    List<TupleRef> refs = wanted(ids).map(study -> study.getValue().ref()).toList();
    return new TupleIndex(found.ranges(), new OffsetSet(found.ranges(), refs), found.records());
  }

  /** Which of these ids that are. */
  public Set<String> studies(Set<String> ids) {
    return wanted(ids).map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
  }

  private Stream<Map.Entry<String, Newest>> wanted(Set<String> ids) {
    return newest.entrySet().stream()
        .filter(study -> !study.getValue().takenBack() && study.getValue().wanted())
        .filter(study -> ids.contains(study.getKey()));
  }

  /** What was read so far and cannot be learned from. */
  public LeftOut leftOut() {
    return new LeftOut(leftOut)
        .plus(ofStudies(Reason.NO_REPORT, unreported.stream().filter(this::isPassedOver).count()))
        .plus(
            ofStudies(
                Reason.TAKEN_BACK, newest.values().stream().filter(Newest::takenBack).count()));
  }

  private static LeftOut ofStudies(Reason reason, long count) {
    return count == 0 ? LeftOut.none() : new LeftOut(Map.of(reason, count));
  }

  /** Names in the log, for those who ask for details, what {@link #leftOut} counts by study. */
  public void namePassedOver() {
    passedOver()
        .forEach(
            study ->
                LOG.debug(
                    "passed over: topic={} study={} reason={}", topic, study, Reason.NO_REPORT));
  }

  /** Ids of the studies found so far that have no report in any revision, where one is needed. */
  public SortedSet<String> passedOver() {
    return unreported.stream()
        .filter(this::isPassedOver)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isPassedOver(String study) {
    return !newest.containsKey(study);
  }

  /** Ids of the studies found so far. */
  public Set<String> studies() {
    return newest.entrySet().stream()
        .filter(study -> !study.getValue().takenBack())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @throws IllegalStateException where the topic no longer holds these ranges
   */
  public void requireHeld(List<OffsetRange> ranges) {
    scan.requireHeld(ranges);
  }

  /** Waits up to a second for the topic to grow. */
  public void awaitMore() {
    scan.awaitMore();
  }

  @Override
  public void close() {
    scan.close();
  }
}

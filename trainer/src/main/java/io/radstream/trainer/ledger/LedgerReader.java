package io.radstream.trainer.ledger;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ledger as far as it has been committed. */
public final class LedgerReader {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

  /** Offsets read at a time of a run that may be longer than memory. */
  private static final long CHUNK = 4096;

  private final KafkaClients clients;
  private final RecordReader<StepRecord> reader;
  private final String topic;

  public LedgerReader(KafkaClients clients, KafkaConnection connection) {
    this.clients = clients;
    this.reader = new RecordReader<>(StepRecord.class, connection);
    this.topic = connection.topics().of(Topic.TRAINING_LEDGER);
  }

  /**
   * The newest run, by the order in which runs began, that answers to a condition.
   *
   * @param condition on the record with which a run began
   * @throws IllegalStateException where there is no ledger
   */
  public Optional<LedgerEntry> newestRun(Predicate<StepRecord> condition) {
    return newestRun(List.of(), condition);
  }

  /**
   * The same, of those that began behind these positions.
   *
   * @param behind where to set in; partitions that are not named are read from their beginning
   */
  public Optional<LedgerEntry> newestRun(
      List<LedgerPosition> behind, Predicate<StepRecord> condition) {
    Map<Integer, Long> first =
        behind.stream()
            .collect(Collectors.toMap(LedgerPosition::partition, LedgerPosition::offset));
    List<LedgerEntry> newest = new ArrayList<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(
          first,
          record ->
              decodeOrSkip(record)
                  .filter(entry -> beginsRun(entry) && condition.test(entry.record()))
                  .filter(entry -> newest.isEmpty() || isLater(entry, newest.get(0)))
                  .ifPresent(
                      entry -> {
                        newest.clear();
                        newest.add(entry);
                      }));
    }
    return newest.stream().findFirst();
  }

  /**
   * Where each partition ends now.
   *
   * @throws org.apache.kafka.common.KafkaException where the broker does not answer
   */
  public List<LedgerPosition> ends() {
    try (org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer = clients.consumer()) {
      return consumer.endOffsets(TopicScan.partitions(consumer, topic)).entrySet().stream()
          .map(end -> new LedgerPosition(end.getKey().partition(), end.getValue()))
          .sorted(Comparator.comparingInt(LedgerPosition::partition))
          .toList();
    }
  }

  private static boolean beginsRun(LedgerEntry entry) {
    return entry.isOpening()
        && entry.record().getStep() == entry.record().getOpening().getFirstStep()
        && !entry.record().getOpening().getTokenizers().isEmpty();
  }

  private static boolean isLater(LedgerEntry entry, LedgerEntry other) {
    return !entry.record().getOpening().getTime().isBefore(other.record().getOpening().getTime());
  }

  /**
   * The records of a run from a position on; none where the ledger ends before it.
   *
   * @throws IllegalStateException where the ledger no longer holds the position
   */
  public List<LedgerEntry> from(LedgerPosition begin, String runId) {
    List<LedgerEntry> entries = new ArrayList<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.from(begin.partition(), begin.offset(), ofRun(runId, entries::add));
    }
    return entries;
  }

  /**
   * How many steps of a run the ledger has from a position on.
   *
   * @param which by number; openings are left out
   * @throws IllegalStateException where the ledger no longer holds the position
   */
  public long count(LedgerPosition begin, String runId, LongPredicate which) {
    LongAdder count = new LongAdder();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.from(
          begin.partition(),
          begin.offset(),
          ofRun(
              runId,
              entry -> {
                if (!entry.isOpening() && which.test(entry.record().getStep())) {
                  count.increment();
                }
              }));
    }
    return count.sum();
  }

  /** The same records as {@link #from}, piece by piece. */
  public Iterator<LedgerEntry> stream(LedgerPosition begin, String runId) {
    OffsetRange all;
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      all = scan.extent(begin.partition(), begin.offset());
    }
    return new Pieces(all, runId);
  }

  /**
   * Every record of every run; those of a run in order.
   *
   * @throws LedgerException where one cannot be read
   * @throws IllegalStateException where there is no ledger
   */
  public void forEach(Consumer<LedgerEntry> sink) {
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (!isMark(record)) {
              sink.accept(decode(record));
            }
          });
    }
  }

  private Consumer<ConsumerRecord<byte[], byte[]>> ofRun(String runId, Consumer<LedgerEntry> sink) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    return record -> {
      if (Arrays.equals(record.key(), key)) {
        sink.accept(decode(record));
      }
    };
  }

  private LedgerEntry decode(ConsumerRecord<byte[], byte[]> record) {
    LedgerPosition position = new LedgerPosition(record.partition(), record.offset());
    Decoded<StepRecord> decoded = reader.read(topic, record.value());
    if (decoded instanceof Decoded.Invalid<StepRecord> invalid) {
      throw new LedgerException(
          "the ledger's record at %d@%d cannot be read: %s"
              .formatted(position.partition(), position.offset(), invalid.message()));
    }
    return new LedgerEntry(position, ((Decoded.Valid<StepRecord>) decoded).value());
  }

  /** A process that took its line left it, see {@link LineTransactions}. */
  private static boolean isMark(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null;
  }

  /** What another version, or whoever, put there is none of this run's. */
  private Optional<LedgerEntry> decodeOrSkip(ConsumerRecord<byte[], byte[]> record) {
    try {
      return isMark(record) ? Optional.empty() : Optional.of(decode(record));
    } catch (LedgerException e) {
      LOG.warn("{}; left out", e.getMessage());
      return Optional.empty();
    }
  }

  private final class Pieces implements Iterator<LedgerEntry> {

    private final OffsetRange all;
    private final String runId;
    private final Queue<LedgerEntry> read = new ArrayDeque<>();
    private long next;

    Pieces(OffsetRange all, String runId) {
      this.all = all;
      this.runId = runId;
      this.next = all.begin();
    }

    @Override
    public boolean hasNext() {
      while (read.isEmpty() && next < all.end()) {
        OffsetRange piece =
            new OffsetRange(all.partition(), next, Math.min(all.end(), next + CHUNK));
        try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
          scan.over(List.of(piece), ofRun(runId, read::add));
        }
        next = piece.end();
      }
      return !read.isEmpty();
    }

    @Override
    public LedgerEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return read.remove();
    }
  }
}

package io.radstream.cli.card;

import io.radstream.cli.card.DataCard.Prevalence;
import io.radstream.producers.datasets.CollectionTerms;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.WithdrawnNow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads topics for a {@link DataCard}. For one card, by one thread. */
public final class CardReader {

  private final KafkaConnection connection;
  private final KafkaClients clients;
  private final SmallCells cells;
  private final boolean withSources;
  private long unreadable;

  /**
   * @param minCell smallest count that is told, 1 or more
   */
  public CardReader(KafkaConnection connection, int minCell) {
    this(connection, minCell, false);
  }

  /**
   * The same.
   *
   * @param withSources whether the sources of tuples are looked for, which reads {@code studies} as
   *     well
   */
  public CardReader(KafkaConnection connection, int minCell, boolean withSources) {
    this.withSources = withSources;
    this.connection = connection;
    this.clients = KafkaClients.of(connection);
    this.cells = new SmallCells(minCell);
  }

  /**
   * @param topic studies, or tuples
   * @param ranges of it; empty for all that it holds
   * @throws io.radstream.schemas.log.UnreadableTopicException where a topic does not exist
   * @throws IllegalStateException where the topic does not hold the ranges
   */
  public DataCard read(Topic topic, List<OffsetRange> ranges) {
    List<OffsetRange> all = ranges.isEmpty() ? extent(topic) : ranges;
    Map<String, StudyFacts> studies = new HashMap<>();
    int takenBack = topic == Topic.STUDIES ? studies(all, studies) : tuples(topic, all, studies);
    int before = studies.size();
    studies.keySet().removeAll(WithdrawnNow.of(clients, connection));
    if (withSources) {
      new TupleSources(clients, connection).find(studies);
    }
    CardCount count = new CardCount(studies.values(), cells);
    return new DataCard(
        topic.suffix(),
        all,
        cells.least(),
        count.totals(before - studies.size(), takenBack, unreadable),
        count.parts(rejected(topic, all)),
        count.spreads(),
        findings(studies),
        terms(studies));
  }

  private static Map<String, String> terms(Map<String, StudyFacts> studies) {
    Map<String, String> terms = new TreeMap<>();
    studies.values().stream()
        .flatMap(study -> study.sources().stream())
        .forEach(source -> terms.put(source, CollectionTerms.of(source).orElse(null)));
    return terms;
  }

  /**
   * Whether the topic holds all of these ranges.
   *
   * @throws io.radstream.schemas.log.UnreadableTopicException where it does not exist
   */
  public boolean holds(Topic topic, List<OffsetRange> ranges) {
    List<OffsetRange> held = extent(topic);
    return ranges.stream()
        .allMatch(
            range ->
                held.stream()
                    .anyMatch(
                        has ->
                            has.partition() == range.partition()
                                && has.begin() <= range.begin()
                                && range.end() <= has.end()));
  }

  private List<OffsetRange> extent(Topic topic) {
    try (TopicScan scan = scan(topic)) {
      return scan.extent();
    }
  }

  private TopicScan scan(Topic topic) {
    return new TopicScan(clients.consumer(), connection.topics().of(topic));
  }

  private int studies(List<OffsetRange> ranges, Map<String, StudyFacts> studies) {
    StudyFold fold = new StudyFold();
    read(Topic.STUDIES, Study.class, ranges, fold::add);
    studies.putAll(fold.facts());
    return fold.studies() - studies.size();
  }

  private int tuples(Topic topic, List<OffsetRange> ranges, Map<String, StudyFacts> studies) {
    Map<String, Integer> revisions = new HashMap<>();
    read(
        topic,
        StudyTuple.class,
        ranges,
        tuple -> {
          String id = tuple.getStudyId();
          if (tuple.getRevision() >= revisions.getOrDefault(id, 0)) {
            revisions.put(id, tuple.getRevision());
            if (tuple.getViews().isEmpty()) {
              studies.remove(id);
            } else {
              studies.put(id, StudyFold.of(tuple));
            }
          }
        });
    return revisions.size() - studies.size();
  }

  private <T extends SpecificRecord> void read(
      Topic topic, Class<T> type, List<OffsetRange> ranges, Consumer<T> sink) {
    Consumer<ConsumerRecord<byte[], byte[]>> records = decoded(topic, type, sink);
    try (TopicScan scan = scan(topic)) {
      scan.over(ranges, records);
    }
  }

  private <T extends SpecificRecord> Consumer<ConsumerRecord<byte[], byte[]>> decoded(
      Topic topic, Class<T> type, Consumer<T> sink) {
    RecordReader<T> reader = new RecordReader<>(type, connection);
    String name = connection.topics().of(topic);
    return record -> {
      if (reader.read(name, record.value()) instanceof Decoded.Valid<T> valid) {
        sink.accept(valid.value());
      } else {
        unreadable++;
      }
    };
  }

  /** Of the studies in the ranges; of tuples, of all: which would have been theirs, none tells. */
  private Map<String, Long> rejected(Topic topic, List<OffsetRange> ranges) {
    String studies = connection.topics().of(Topic.STUDIES);
    Map<String, Long> reasons = new TreeMap<>();
    readAll(
        Topic.STUDIES_REJECTED,
        RejectedStudy.class,
        rejected -> {
          boolean isMeant = topic != Topic.STUDIES || isWithin(rejected, ranges);
          if (isMeant && rejected.getTopic().equals(studies)) {
            reasons.merge(rejected.getReason().name(), 1L, Long::sum);
          }
        });
    return reasons;
  }

  private static boolean isWithin(RejectedStudy rejected, List<OffsetRange> ranges) {
    return ranges.stream()
        .anyMatch(
            range ->
                range.partition() == rejected.getPartition()
                    && range.begin() <= rejected.getOffset()
                    && rejected.getOffset() < range.end());
  }

  private <T extends SpecificRecord> void readAll(Topic topic, Class<T> type, Consumer<T> sink) {
    Consumer<ConsumerRecord<byte[], byte[]>> records = decoded(topic, type, sink);
    try (TopicScan scan = scan(topic)) {
      scan.toEnd(records);
    }
  }

  /** Of several labels of a study the later one counts, finding by finding. */
  private Map<String, Prevalence> findings(Map<String, StudyFacts> studies) {
    Map<String, Map<String, Double>> labels = new TreeMap<>();
    readAll(
        Topic.LABELS,
        LabelledStudy.class,
        labelled -> {
          if (studies.containsKey(labelled.getId())) {
            labelled
                .getLabels()
                .forEach(
                    (finding, label) ->
                        labels
                            .computeIfAbsent(finding, name -> new HashMap<>())
                            .put(labelled.getId(), label));
          }
        });
    return map(labels, this::prevalence);
  }

  private Prevalence prevalence(Map<String, Double> labels) {
    long present = labels.values().stream().filter(label -> label >= 0.5).count();
    return Prevalence.of(labels.size(), present, cells);
  }

  private static <A, B> Map<String, B> map(Map<String, A> map, Function<A, B> to) {
    Map<String, B> result = new TreeMap<>();
    map.forEach((name, value) -> result.put(name, to.apply(value)));
    return result;
  }
}

package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.ReadRange;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.tuples.SourceRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;

/** The evaluations that there are on the topic {@code evaluations}. */
public final class EvaluationLog {

  private final KafkaClients clients;
  private final String topic;
  private final RecordReader<Evaluation> reader;
  private final KafkaConnection connection;

  public EvaluationLog(KafkaClients clients, KafkaConnection connection) {
    this.clients = clients;
    this.connection = connection;
    this.topic = connection.topics().of(Topic.EVALUATIONS);
    this.reader = new RecordReader<>(Evaluation.class, connection);
  }

  /**
   * All evaluations of these weights, each once, without their predictions, the earliest first.
   *
   * @param weights SHA-256 of them, in lower-case hexadecimal
   * @throws IllegalStateException where the topic does not exist
   */
  public List<Evaluation> of(String weights) {
    Map<String, Evaluation> found = new LinkedHashMap<>();
    read(
        record -> {
          if (record.getPart() == 0 && record.getCheckpointDigest().equals(weights)) {
            found.put(record.getEvaluationId(), withoutPredictions(record));
          }
        });
    return found.values().stream()
        .sorted(
            Comparator.comparing(Evaluation::getTime).thenComparing(Evaluation::getEvaluationId))
        .toList();
  }

  private static Evaluation withoutPredictions(Evaluation record) {
    return Evaluation.newBuilder(record).setPredictions(List.of()).build();
  }

  /**
   * Earlier evaluations of a line on any of these tuples, each once, without their predictions.
   *
   * @throws IllegalStateException where the topic does not exist
   */
  List<Evaluation> readings(String line, List<SourceRange> tuples) {
    Map<String, Evaluation> found = new LinkedHashMap<>();
    read(
        record -> {
          if (record.getPart() == 0
              && record.getLine().equals(line)
              && overlaps(record.getRanges(), tuples)) {
            found.put(record.getEvaluationId(), withoutPredictions(record));
          }
        });
    return List.copyOf(found.values());
  }

  private static boolean overlaps(List<ReadRange> read, List<SourceRange> tuples) {
    return tuples.stream()
        .anyMatch(
            tuple ->
                read.stream()
                    .anyMatch(
                        range ->
                            range.getTopic().equals(tuple.topic())
                                && range.getSource().equals(tuple.source())
                                && range.getPartition() == tuple.range().partition()
                                && range.getBegin() < tuple.range().end()
                                && tuple.range().begin() < range.getEnd()));
  }

  /**
   * What an earlier evaluation of the same weights on the same ranges of tuples and labels gave, of
   * the same findings told in the same way, the newest; empty where there is none that is whole.
   */
  Optional<ScoredSplit> scored(String weights, List<Scored> ways, List<ReadRange> ranges) {
    Map<String, List<Evaluation>> parts = new LinkedHashMap<>();
    Predicate<Evaluation> same =
        record ->
            record.getCheckpointDigest().equals(weights)
                && EvaluationRecords.ways(record).equals(ways)
                && places(record.getRanges()).equals(places(ranges));
    read(
        record -> {
          if (same.test(record)) {
            parts.computeIfAbsent(record.getEvaluationId(), id -> new ArrayList<>()).add(record);
          }
        });
    return parts.values().stream()
        .filter(of -> of.size() == of.get(0).getParts())
        .reduce((earlier, later) -> later)
        .map(EvaluationLog::whole);
  }

  private static List<String> places(List<ReadRange> ranges) {
    return ranges.stream()
        .map(
            range ->
                String.join(
                    " ",
                    range.getSource(),
                    range.getTopic(),
                    Integer.toString(range.getPartition()),
                    Long.toString(range.getBegin()),
                    Long.toString(range.getEnd())))
        .sorted()
        .toList();
  }

  private static ScoredSplit whole(List<Evaluation> parts) {
    Evaluation first = parts.get(0);
    List<SourceRange> ranges =
        first.getRanges().stream()
            .map(
                range ->
                    new SourceRange(
                        range.getSource(),
                        range.getTopic(),
                        new OffsetRange(range.getPartition(), range.getBegin(), range.getEnd()),
                        range.getRecords()))
            .toList();
    return new ScoredSplit(
        EvaluationRecords.ways(first),
        parts.stream()
            .flatMap(part -> part.getPredictions().stream())
            .map(EvaluationRecords::scored)
            .toList(),
        ranges,
        new OmittedStudies(first.getUnlabelled(), first.getWithdrawn(), first.getUnreadable()));
  }

  /** What cannot be read is nobody's evaluation. */
  private void read(Consumer<Evaluation> sink) {
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value()) instanceof Decoded.Valid<Evaluation> valid) {
              sink.accept(valid.value());
            }
          });
    }
  }

  /**
   * Writes all parts or none; returns once the broker has them.
   *
   * @throws IOException where it refused them or stayed away
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where a record was not taken
  void write(FindingsEvaluation evaluation) throws IOException {
    String id = topic + "." + evaluation.id();
    try (RecordSerde<Evaluation> serde = RecordSerde.of(Evaluation.class, connection);
        Producer<String, byte[]> producer = clients.transactionalProducer(id)) {
      producer.initTransactions();
      producer.beginTransaction();
      for (Evaluation record : EvaluationRecords.of(evaluation)) {
        byte[] value = serde.serializer().serialize(topic, record);
        producer.send(new ProducerRecord<>(topic, evaluation.id(), value));
      }
      producer.commitTransaction();
    } catch (AuthorizationException e) {
      throw new IOException(
          "cannot record the evaluation: %s; may this user write to %s, with transactional ids that begin with its name?"
              .formatted(e.getMessage(), topic),
          e);
    } catch (KafkaException e) {
      throw new IOException("cannot record the evaluation: " + e.getMessage(), e);
    }
  }
}

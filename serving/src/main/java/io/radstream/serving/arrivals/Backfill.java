package io.radstream.serving.arrivals;

import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.serving.arrivals.DoneOffsets.Span;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.PicturesAwayException;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.StudyScorer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Scores ranges of a topic with one checkpoint, each record once: what is done is kept with the
 * consumer group, so that one that was ended goes on where it was, and ranges that overlap are
 * scored together. For one thread.
 */
public final class Backfill implements AutoCloseable {

  private static final int TOGETHER = 16;
  private static final Duration POLL = Duration.ofSeconds(1);

  /** How it goes. */
  public interface Listener {

    /** That many records are to be read. */
    void begins(long records);

    /** These records were read, and these scores written. */
    void scored(long records, List<StudyScore> scores);
  }

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final TopicConsumer log;
  private final ScoreWriter writer;
  private final BooleanSupplier stopped;

  private Backfill(
      String topic,
      Consumer<byte[], byte[]> consumer,
      ScoreWriter writer,
      BooleanSupplier stopped) {
    this.topic = topic;
    this.consumer = consumer;
    this.log = new TopicConsumer(consumer, topic, Patience.limited());
    this.writer = writer;
    this.stopped = stopped;
  }

  /**
   * @param topic {@link Topic#STUDIES_VIEWS} or one of tuples
   * @param checkpoint the one that the scorer asks
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @param stopped whether to end early; what is under way is finished
   */
  public static Backfill open(
      KafkaConnection connection,
      Topic topic,
      ModelIdentity checkpoint,
      StudyScorer scorer,
      Receipts receipts,
      Optional<ClaimedObjects> originals,
      BooleanSupplier stopped,
      InstantSource clock) {
    String name = connection.topics().of(topic);
    String group =
        connection.topics().prefix()
            + "radstream-score."
            + checkpoint.checkpointId()
            + "."
            + topic.suffix();
    ArrivalClients clients =
        ArrivalClients.of(
            connection, group, "backfill", TOGETHER, ArrivalClients.Elsewhere.NOTHING);
    ScoreWriter writer =
        new ScoreWriter(
            clients.producer(),
            connection.topics().of(Topic.SCORES),
            ArrivalReader.again(connection, topic, clock),
            new ArrivalScoring(
                new PictureReader(originals),
                () -> checkpoint.content().originals(),
                (views, terms) -> scorer.score(Optional.empty(), Set.of(), views, terms),
                (scored, views) -> receipts.of(scored, FindingSets.ALL, views).text(),
                Patience.limited().pause(),
                clock),
            RecordSerde.of(StudyScore.class, connection).serializer());
    try {
      return new Backfill(name, clients.consumer(), writer, stopped);
    } catch (RuntimeException | Error e) {
      writer.close();
      throw e;
    }
  }

  /**
   * @param ranges that the topic holds
   * @return whether all of it is done; false where it was ended early
   * @throws PicturesAwayException where the checkpoint is to see pictures that cannot be read
   * @throws io.radstream.schemas.log.UnreadableTopicException where the topic has been cut or made
   *     anew meanwhile, or nothing of it comes for longer than is waited
   */
  public boolean run(List<OffsetRange> ranges, Listener listener) {
    List<OffsetRange> left = new ArrayList<>();
    for (OffsetRange range : ranges) {
      done(range.partition()).leftOf(new Span(range.begin(), range.end())).stream()
          .map(span -> new OffsetRange(range.partition(), span.begin(), span.end()))
          .forEach(left::add);
    }
    listener.begins(left.stream().mapToLong(range -> range.end() - range.begin()).sum());
    return left.stream().allMatch(range -> score(range, listener));
  }

  private DoneOffsets done(int partition) {
    TopicPartition at = new TopicPartition(topic, partition);
    OffsetAndMetadata committed = consumer.committed(Set.of(at)).get(at);
    return committed == null ? DoneOffsets.NONE : DoneOffsets.parse(committed.metadata());
  }

  private boolean score(OffsetRange range, Listener listener) {
    TopicPartition at = new TopicPartition(topic, range.partition());
    log.assign(List.of(at));
    log.seek(at, range.begin());
    log.beginWaiting();
    long position = range.begin();
    while (position < range.end()) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      List<ConsumerRecord<byte[], byte[]>> records =
          log.await(POLL).records(at).stream()
              .filter(record -> record.offset() < range.end())
              .toList();
      long next = Math.min(log.position(at), range.end());
      if (next > position) {
        DoneOffsets more = done(range.partition()).with(new Span(position, next));
        Map<TopicPartition, OffsetAndMetadata> behind =
            Map.of(at, new OffsetAndMetadata(next, more.toString()));
        listener.scored(next - position, writer.write(records, behind, consumer.groupMetadata()));
        position = next;
      }
    }
    return true;
  }

  @Override
  public void close() {
    writer.close();
    log.close();
  }
}

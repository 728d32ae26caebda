package io.radstream.serving.arrivals;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Scores again what a range of the topic of scores tells of, each study by the checkpoint and in
 * the company that its receipt names, and compares every bit. For one thread.
 */
public final class ScoreReplay implements AutoCloseable {

  /** How it goes. */
  public interface Listener {

    /** That many offsets are to be read. */
    void begins(long offsets);

    /** All before this many of them has been looked at. */
    void replayed(long offsets);
  }

  /** Ends a scan. */
  private static final class Enough extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Enough() {
      super("enough was read", null, false, false);
    }
  }

  private final TopicScan scan;
  private final RecordReader<StudyScore> reader;
  private final SecondScoring scoring;
  private final BooleanSupplier stopped;

  private long same;
  private long refused;
  private final Map<String, Long> notAgain = new LinkedHashMap<>();
  private Optional<String> otherMeans = Optional.empty();
  private Optional<ReplayedScores.Difference> difference = Optional.empty();

  private ScoreReplay(
      TopicScan scan,
      RecordReader<StudyScore> reader,
      SecondScoring scoring,
      BooleanSupplier stopped) {
    this.scan = scan;
    this.reader = reader;
    this.scoring = scoring;
    this.stopped = stopped;
  }

  /**
   * @param evidence what receipts are held against; closed with this
   * @param stopped whether to end early
   */
  public static ScoreReplay open(
      KafkaConnection connection,
      ReplayEvidence evidence,
      BooleanSupplier stopped,
      InstantSource clock) {
    return new ScoreReplay(
        new TopicScan(KafkaClients.of(connection).consumer(), connection.topics().of(Topic.SCORES)),
        new RecordReader<>(StudyScore.class, connection),
        new SecondScoring(new SourceViews(connection, clock), evidence),
        stopped);
  }

  /**
   * Once.
   *
   * @param wanted of the topic of scores; none for all that it holds
   * @throws io.radstream.schemas.log.UnreadableTopicException where the topic does not hold them
   * @throws IOException where a checkpoint's files cannot be read
   * @throws io.radstream.serving.pictures.PicturesAwayException where the store of pictures is away
   */
  public ReplayedScores run(List<OffsetRange> wanted, Listener listener) throws IOException {
    List<OffsetRange> ranges = wanted.isEmpty() ? scan.extent() : wanted;
    scan.requireHeld(ranges);
    listener.begins(ranges.stream().mapToLong(range -> range.end() - range.begin()).sum());
    long before = 0;
    for (OffsetRange range : ranges) {
      long behind = before;
      try {
        scan.over(
            List.of(range),
            record -> {
              replay(record);
              listener.replayed(behind + record.offset() + 1 - range.begin());
              if (difference.isPresent() || stopped.getAsBoolean()) {
                throw new Enough();
              }
            });
      } catch (Enough e) {
        break;
      }
      before += range.end() - range.begin();
      listener.replayed(before);
    }
    return new ReplayedScores(same, refused, notAgain, otherMeans, difference);
  }

  private void replay(ConsumerRecord<byte[], byte[]> record) {
    RecordRef at = new RecordRef(record.topic(), record.partition(), record.offset());
    Decoded<StudyScore> read = reader.read(record.topic(), record.value());
    ScoredAgain again =
        read instanceof Decoded.Valid<StudyScore> valid
            ? scoring.again(valid.value())
            : new ScoredAgain.NotAgain("the record of the score cannot be read");
    if (again instanceof ScoredAgain.Same equal) {
      same++;
      otherMeans = otherMeans.or(equal::otherMeans);
    } else if (again instanceof ScoredAgain.NotAgain missing) {
      notAgain.merge(missing.why(), 1L, Long::sum);
    } else if (again instanceof ScoredAgain.Different other) {
      difference = Optional.of(new ReplayedScores.Difference(at, other.what()));
      otherMeans = other.otherMeans().or(() -> otherMeans);
    } else {
      refused++;
    }
  }

  @Override
  public void close() {
    scoring.close();
    scan.close();
  }
}

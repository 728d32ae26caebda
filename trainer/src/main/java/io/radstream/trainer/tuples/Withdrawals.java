package io.radstream.trainer.tuples;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.UnreadableRecord;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Studies that no run may read any more, of all sources; also those of which a withdrawal cannot be
 * read. Thread-safe.
 */
public final class Withdrawals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);
  private static final Duration TIME_TO_CATCH_UP = Duration.ofMinutes(2);

  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final AtomicLong version = new AtomicLong();
  private final List<TopicFollower<StudyWithdrawn>> followers = new CopyOnWriteArrayList<>();

  private Withdrawals() {}

  /**
   * Those that a run is told of: at its sources and, where these are others', beside its own
   * ledger. Returns once everything has been read that is there now.
   *
   * @throws IllegalStateException where that takes too long: without it, no study may be read
   */
  public static Withdrawals follow(
      List<SourceTopics> sources, KafkaClients clients, KafkaConnection connection)
      throws InterruptedException {
    Withdrawals withdrawals = new Withdrawals();
    try {
      for (SourceTopics source : RunSources.withOwn(sources, clients, connection)) {
        if (exists(source)) {
          withdrawals.follow(source);
        }
      }
      return withdrawals;
    } catch (RuntimeException | Error | InterruptedException e) {
      withdrawals.close();
      throw e;
    }
  }

  /** A cluster whose topics an older version created has none. */
  private static boolean exists(SourceTopics source) {
    String topic = source.connection().topics().of(Topic.STUDIES_WITHDRAWN);
    try (TopicConsumer log =
        new TopicConsumer(source.clients().consumer(), topic, Patience.limited())) {
      if (log.partitionsIfAny().isEmpty()) {
        LOG.warn(
            "topic={} does not exist: no study can be withdrawn; radstream topics create", topic);
        return false;
      }
      return true;
    }
  }

  private void follow(SourceTopics source) throws InterruptedException {
    TopicFollower<StudyWithdrawn> follower =
        new TopicFollower<>(
            source.connection().topics().of(Topic.STUDIES_WITHDRAWN),
            source.clients()::consumer,
            new RecordReader<>(StudyWithdrawn.class, source.connection()),
            new Listener(source.name()));
    followers.add(follower);
    follower.start();
    if (!follower.awaitPast(TIME_TO_CATCH_UP)) {
      throw new IllegalStateException(
          "the withdrawals of source %s could not be read within %d s; is the broker up?"
              .formatted(source.name(), TIME_TO_CATCH_UP.toSeconds()));
    }
  }

  private final class Listener implements TopicFollower.Listener<StudyWithdrawn> {

    private final String source;

    private Listener(String source) {
      this.source = source;
    }

    @Override
    public void accept(List<StudyWithdrawn> records, boolean caughtUp) {
      records.forEach(record -> add(record.getStudyId()));
    }

    /** Whatever it says, its key is a study that somebody wants to be left alone. */
    @Override
    public void unreadable(List<UnreadableRecord> records) {
      for (UnreadableRecord record : records) {
        record.key().ifPresent(Withdrawals.this::add);
        LOG.atWarn()
            .addKeyValue("source", source)
            .addKeyValue("partition", record.partition())
            .addKeyValue("offset", record.offset())
            .log(
                record.key().isPresent()
                    ? "a withdrawal cannot be read; the study that its key names counts as withdrawn"
                    : "a withdrawal cannot be read and has no key: which study it means is not known");
      }
    }
  }

  private void add(String studyId) {
    if (studies.add(studyId)) {
      version.incrementAndGet();
    }
  }

  /**
   * @throws UnreadableTopicException where withdrawals are no longer heard of
   */
  public boolean contains(String studyId) {
    requireFollowed();
    return studies.contains(studyId);
  }

  /**
   * Grows with each withdrawal that comes to be known.
   *
   * @throws UnreadableTopicException where withdrawals are no longer heard of
   */
  public long version() {
    requireFollowed();
    return version.get();
  }

  /**
   * Without them no study may be read: the run ends rather than go on as if there were none.
   *
   * @throws UnreadableTopicException where withdrawals are no longer heard of
   */
  public void requireFollowed() {
    followers.forEach(TopicFollower::requireFollowed);
  }

  @Override
  public void close() {
    followers.forEach(TopicFollower::close);
  }
}

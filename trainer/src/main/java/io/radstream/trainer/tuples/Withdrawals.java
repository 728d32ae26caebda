package io.radstream.trainer.tuples;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicFollower;
import io.radstream.trainer.kafka.KafkaClients;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Studies that no run may read any more, of all sources. Thread-safe. */
public final class Withdrawals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);
  private static final int SECONDS_TO_CATCH_UP = 120;

  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final AtomicLong version = new AtomicLong();
  private final List<TopicFollower<StudyWithdrawn>> followers = new ArrayList<>();

  private Withdrawals() {}

  /**
   * Those that a run is told of: at its sources and, where these are others', beside its own
   * ledger. Returns once everything has been read that is there now.
   *
   * @throws IllegalStateException where that takes too long: without it, no study may be read
   */
  public static Withdrawals follow(
      List<Source> sources, KafkaClients clients, KafkaConnection connection)
      throws InterruptedException {
    Withdrawals withdrawals = new Withdrawals();
    for (Source source : RunSources.withOwn(sources, clients, connection)) {
      if (exists(source)) {
        withdrawals.follow(source);
      }
    }
    return withdrawals;
  }

  /** A cluster whose topics an older version created has none. */
  private static boolean exists(Source source) {
    String topic = source.connection().topics().of(Topic.STUDIES_WITHDRAWN);
    try (Consumer<byte[], byte[]> consumer = source.clients().consumer()) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions == null || partitions.isEmpty()) {
        LOG.warn(
            "topic={} does not exist: no study can be withdrawn; radstream topics create", topic);
        return false;
      }
      return true;
    }
  }

  private void follow(Source source) throws InterruptedException {
    CountDownLatch caughtUp = new CountDownLatch(1);
    TopicFollower<StudyWithdrawn> follower =
        new TopicFollower<>(
            source.connection().topics().of(Topic.STUDIES_WITHDRAWN),
            source.clients()::consumer,
            new RecordReader<>(StudyWithdrawn.class, source.connection()),
            (records, all) -> {
              add(records);
              if (all) {
                caughtUp.countDown();
              }
            });
    followers.add(follower);
    follower.start();
    if (!caughtUp.await(SECONDS_TO_CATCH_UP, TimeUnit.SECONDS)) {
      close();
      throw new IllegalStateException(
          "the withdrawals of source %s could not be read within %d s; is the broker up?"
              .formatted(source.name(), SECONDS_TO_CATCH_UP));
    }
  }

  private void add(List<StudyWithdrawn> records) {
    for (StudyWithdrawn record : records) {
      if (studies.add(record.getStudyId())) {
        version.incrementAndGet();
      }
    }
  }

  public boolean contains(String studyId) {
    return studies.contains(studyId);
  }

  /** Grows with each withdrawal that comes to be known. */
  public long version() {
    return version.get();
  }

  @Override
  public void close() {
    followers.forEach(TopicFollower::close);
  }
}

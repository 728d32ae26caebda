package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.trace.Tracing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running stream stage. It waits out an unreachable broker or registry and stops for nothing
 * that stands on the topic; only an error that no waiting mends ends it. Thread-safe.
 */
public final class StreamStage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamStage.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  /** Of Java's memory, the part that holds the newest records. */
  private static final int CACHE_SHARE = 8;

  private final KafkaConnection connection;
  private final KafkaStreams streams;
  private final StageCounters counters;
  private final StageEnd end;
  private final StateMemory memory;

  private StreamStage(
      KafkaConnection connection,
      KafkaStreams streams,
      StageCounters counters,
      StageEnd end,
      StateMemory memory) {
    this.connection = connection;
    this.streams = streams;
    this.counters = counters;
    this.end = end;
    this.memory = memory;
  }

  /**
   * Starts consuming where the stage of this topic prefix left off.
   *
   * @param stateDir holds a copy of the state, which is rebuilt from the cluster where it is
   *     missing; one directory for one process
   * @throws IOException where a topic is missing or the cluster does not answer
   */
  public static StreamStage start(KafkaConnection connection, StageConfig config, Path stateDir)
      throws IOException, InterruptedException {
    return start(connection, config, stateDir, 1, Tracing.off());
  }

  /**
   * The same with several threads, which share the partitions. What comes out is the same.
   *
   * @param threads at least 1; more than there are partitions are idle
   * @param tracing tells of each tuple and each rejection, and has their records carry it
   */
  public static StreamStage start(
      KafkaConnection connection, StageConfig config, Path stateDir, int threads, Tracing tracing)
      throws IOException, InterruptedException {
    TopicCheck.check(connection, config);
    StageCounters counters = new StageCounters();
    StateMemory memory = new StateMemory();
    PartCache newest = new PartCache(Runtime.getRuntime().maxMemory() / CACHE_SHARE);
    KafkaStreams streams =
        new KafkaStreams(
            StudyTopology.build(
                connection,
                config,
                counters,
                new StageSpans(tracing),
                partition ->
                    new StudyParts(partition, newest, TopicParts.of(connection, partition))),
            StageProperties.of(connection, stateDir, threads, memory),
            new StageClients(counters));
    StageEnd end = new StageEnd();
    streams.setUncaughtExceptionHandler(new StageFailureHandler(end::failed));
    streams.setStateListener(end);
    streams.start();
    LOG.info(
        "Stream stage {} reads {}",
        StageProperties.applicationId(connection),
        connection.topics().of(Topic.STUDIES));
    return new StreamStage(connection, streams, counters, end, memory);
  }

  public StageStatus status() {
    return counters.status(!end.isKnown());
  }

  /**
   * Records on {@code studies} that the stage has not yet committed. At 0 the outcome of all of
   * them is on its topic, but for studies that still wait for a part or for the settle time.
   *
   * @throws IOException where the broker does not answer
   */
  public long lag() throws IOException, InterruptedException {
    try (Admin admin = Admin.create(connection.clientConfig())) {
      return new StageLag(admin, StageProperties.applicationId(connection))
          .of(connection.topics().of(Topic.STUDIES));
    } catch (ExecutionException e) {
      throw new IOException(
          "cannot ask " + connection.bootstrap() + " for the lag: " + e.getCause().getMessage(), e);
    }
  }

  /**
   * Waits until the stage is closed, or until the time is up.
   *
   * @return whether it is closed
   * @throws IOException where it ended by itself; the message says why
   */
  public boolean awaitEnd(Duration timeout) throws IOException, InterruptedException {
    return end.await(timeout, this::hasThread);
  }

  /**
   * @throws IOException where the stage has ended, by itself or not
   */
  public void requireAlive() throws IOException {
    end.requireNotCome(this::hasThread);
  }

  private boolean hasThread() {
    try {
      return !streams.metadataForLocalThreads().isEmpty();
    } catch (IllegalStateException e) {
      return true; // it has just ended, and its end is told
    }
  }

  /** Commits what was done and leaves the group, so that another instance takes over at once. */
  @Override
  public void close() {
    end.closing();
    boolean closed =
        streams.close(
            CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_TIMEOUT));
    if (closed) {
      memory.close();
    } else {
      LOG.warn("Stream stage did not stop within {}", CLOSE_TIMEOUT);
    }
    end.closed();
  }
}

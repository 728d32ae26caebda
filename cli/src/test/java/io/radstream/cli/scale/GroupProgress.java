package io.radstream.cli.scale;

import io.radstream.schemas.KafkaConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a group is in a topic, as it has committed, and how long each partition stood still. */
final class GroupProgress implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;

  private final Admin admin;
  private final String group;
  private final List<TopicPartition> partitions;

  GroupProgress(KafkaConnection connection, String group, String topic, int partitions) {
    this.admin = Admin.create(connection.clientConfig());
    this.group = group;
    this.partitions =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
  }

  long done() throws InterruptedException {
    return committed().values().stream().mapToLong(offset -> offset).sum();
  }

  /** What was committed last; of what is in doubt it is what was committed before. */
  Map<TopicPartition, Long> committed() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, Long> committed = new HashMap<>();
      for (TopicPartition at : partitions) {
        OffsetAndMetadata offset = offsets.get(at);
        committed.put(at, offset == null ? 0 : offset.offset());
      }
      return committed;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  long end() throws InterruptedException {
    try {
      return admin
          .listOffsets(
              partitions.stream().collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest())))
          .all()
          .get()
          .values()
          .stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  int members() throws InterruptedException {
    try {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members()
          .size();
    } catch (ExecutionException e) {
      return 0; // nobody has joined it yet
    }
  }

  void awaitMembers(int count) throws InterruptedException {
    while (members() != count) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Every partition is worked on. */
  void awaitAllBegun() throws InterruptedException {
    while (committed().containsValue(0L)) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  void awaitDone(long offsets) throws InterruptedException {
    while (done() < offsets) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /**
   * The longest time, in milliseconds, for which a partition stood still, under load: from now
   * until all of them have gone on behind what happens, and for a while longer.
   *
   * @param change what happens meanwhile
   * @param seconds of that while
   */
  long longestStandstill(Change change, int seconds) throws Exception {
    FutureTask<Void> happening =
        new FutureTask<>(
            () -> {
              change.happen();
              return null;
            });
    Standstill standstill = new Standstill(committed());
    new Thread(happening, "change").start();
    while (!happening.isDone()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      standstill.look(committed());
    }
    happening.get();
    long behind = System.nanoTime();
    long end = behind + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end || !standstill.hasEndedSince(behind)) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      standstill.look(committed());
    }
    return standstill.longestMillis();
  }

  /** Something that is done to instances. */
  interface Change {
    void happen() throws Exception;
  }

  @Override
  public void close() {
    admin.close();
  }
}

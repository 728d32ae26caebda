package io.radstream.cli;

import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Reads what a cluster holds under Radstream's topic names. */
final class TopicListing {

  /**
   * A topic as it stands.
   *
   * @param retentionMs how long records are kept; -1 for ever, as the newest of each key are
   * @param offsets of each partition, in the order of partitions; empty where the topic is missing
   */
  record TopicState(String topic, boolean exists, long retentionMs, List<Offsets> offsets) {

    TopicState {
      offsets = List.copyOf(offsets);
    }

    static TopicState missing(String topic) {
      return new TopicState(topic, false, 0, List.of());
    }

    /** Offsets in the log; an upper bound of the records where transactions wrote them. */
    long count() {
      return offsets.stream().mapToLong(o -> o.end() - o.begin()).sum();
    }
  }

  /** The first offset that a partition still holds, and the one that the next record gets. */
  record Offsets(long begin, long end) {}

  private final Admin admin;
  private final TopicNames names;

  TopicListing(Admin admin, TopicNames names) {
    this.admin = admin;
    this.names = names;
  }

  /** The state of each topic of Radstream, in the order of the pipeline. */
  List<TopicState> read() throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<TopicState> states = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      String name = names.of(topic);
      states.add(existing.contains(name) ? state(name) : TopicState.missing(name));
    }
    return states;
  }

  private TopicState state(String name) throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    List<TopicPartition> partitions =
        description.partitions().stream()
            .map(info -> new TopicPartition(name, info.partition()))
            .toList();
    Map<TopicPartition, Long> begin = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
    return new TopicState(
        name,
        true,
        retention(name),
        partitions.stream().map(p -> new Offsets(begin.get(p), end.get(p))).toList());
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> query = new HashMap<>();
    partitions.forEach(partition -> query.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin.listOffsets(query).all().get().forEach((p, info) -> offsets.put(p, info.offset()));
    return offsets;
  }

  private long retention(String name) throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    if (config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().equals("compact")) {
      return -1;
    }
    return Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
  }
}

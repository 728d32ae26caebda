package io.radstream.cli.topics;

import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a consumer group is behind the end of a partition.
 *
 * @param state of the group, as Kafka names it
 * @param committed the next record that it reads
 * @param end the offset that the next record gets
 */
public record GroupLag(
    String group,
    String state,
    int members,
    String topic,
    int partition,
    long committed,
    long end) {

  /** Records that the group has not committed; marks of transactions count as records. */
  public long lag() {
    return Math.max(0, end - committed);
  }

  /** Of all groups that read topics of these names. */
  public static List<GroupLag> read(Admin admin, TopicNames names)
      throws ExecutionException, InterruptedException {
    Set<String> topics =
        Arrays.stream(Topic.values()).map(names::of).collect(Collectors.toUnmodifiableSet());
    List<String> groups =
        admin.listGroups().valid().get().stream().map(GroupListing::groupId).sorted().toList();
    List<GroupLag> all = new ArrayList<>();
    for (String group : groups) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          new HashMap<>(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
      committed.keySet().removeIf(at -> !topics.contains(at.topic()));
      committed.values().removeIf(Objects::isNull);
      if (!committed.isEmpty()) {
        all.addAll(of(admin, group, committed));
      }
    }
    return all.stream()
        .sorted(
            Comparator.comparing(GroupLag::group)
                .thenComparing(GroupLag::topic)
                .thenComparingInt(GroupLag::partition))
        .toList();
  }

  private static List<GroupLag> of(
      Admin admin, String group, Map<TopicPartition, OffsetAndMetadata> committed)
      throws ExecutionException, InterruptedException {
    ConsumerGroupDescription described =
        admin.describeConsumerGroups(List.of(group)).all().get().get(group);
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    committed.keySet().forEach(at -> asked.put(at, OffsetSpec.latest()));
    var ends = admin.listOffsets(asked).all().get();
    List<GroupLag> lags = new ArrayList<>();
    committed.forEach(
        (at, offset) ->
            lags.add(
                new GroupLag(
                    group,
                    described.groupState().toString(),
                    described.members().size(),
                    at.topic(),
                    at.partition(),
                    offset.offset(),
                    ends.get(at).offset())));
    return lags;
  }
}

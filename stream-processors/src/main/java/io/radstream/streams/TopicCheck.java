package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.WholeTopics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the stage's topics before it starts, while a mistake can still be told plainly. */
final class TopicCheck {

  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);

  private TopicCheck() {}

  static void check(KafkaConnection connection, StageConfig config)
      throws IOException, InterruptedException {
    List<String> names =
        Stream.concat(Stream.of(Topic.STUDIES), config.requiredOutputs().stream())
            .map(connection.topics()::of)
            .toList();
    try (Admin admin = Admin.create(connection.clientConfig())) {
      Map<String, TopicDescription> topics = admin.describeTopics(names).allTopicNames().get();
      long counts = topics.values().stream().map(t -> t.partitions().size()).distinct().count();
      if (counts > 1) {
        LOG.warn(
            "Topics {} differ in their number of partitions: the order of tuples within a partition"
                + " then depends on timing",
            names);
      }
      requireWhole(admin, connection.topics().of(Topic.STUDIES));
    } catch (ExecutionException e) {
      throw new IOException(explain(connection, names, e.getCause()), e.getCause());
    }
  }

  /** A report has the key of its views: compaction would take them before they are read. */
  private static void requireWhole(Admin admin, String studies)
      throws IOException, ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, studies);
    try {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
      if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
        throw new IOException(WholeTopics.compacted(studies, policy));
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      LOG.warn("how topic={} is kept is not looked at: {}", studies, e.getCause().getMessage());
    }
  }

  private static String explain(KafkaConnection connection, List<String> names, Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        ? "one of the topics %s does not exist; create the topics first".formatted(names)
        : "cannot reach Kafka at %s: %s".formatted(connection.bootstrap(), cause.getMessage());
  }
}

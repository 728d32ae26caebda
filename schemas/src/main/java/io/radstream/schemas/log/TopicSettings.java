package io.radstream.schemas.log;

import io.radstream.schemas.KafkaConnection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How topics are kept, as the broker tells it. */
final class TopicSettings {

  private static final Logger LOG = LoggerFactory.getLogger(TopicSettings.class);
  private static final int PATIENCE_MILLIS = 10_000;

  private TopicSettings() {}

  /**
   * @return settings by name, by topic; without those of topics that do not exist, and of those
   *     that this user may not ask about
   */
  static Map<String, Map<String, String>> read(
      KafkaConnection connection, Collection<String> topics) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    try (Admin admin = Admin.create(connection.clientConfig())) {
      admin
          .describeConfigs(
              topics.stream()
                  .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                  .toList(),
              new DescribeConfigsOptions().timeoutMs(PATIENCE_MILLIS))
          .values()
          .forEach((topic, answer) -> add(topic.name(), answer, settings));
    }
    return settings;
  }

  private static void add(
      String topic, KafkaFuture<Config> answer, Map<String, Map<String, String>> settings) {
    try {
      settings.put(
          topic,
          answer.get().entries().stream()
              .filter(entry -> entry.value() != null)
              .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        LOG.warn(
            "how topic={} is kept is not looked at: {}; this user needs the right to describe its"
                + " settings (DescribeConfigs)",
            topic,
            e.getCause().getMessage());
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}

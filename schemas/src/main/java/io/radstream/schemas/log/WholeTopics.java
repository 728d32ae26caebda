package io.radstream.schemas.log;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether topics keep every record that they were given. Who goes back to an offset, or counts the
 * records before one, needs that. Tiered storage changes nothing of it: where a segment lies, its
 * offsets are the same.
 */
public final class WholeTopics {

  private static final Logger LOG = LoggerFactory.getLogger(WholeTopics.class);
  private static final String FOR_EVER = "-1";

  private WholeTopics() {}

  /**
   * Retention takes from the front, which shows when it is read, and so is warned of alone.
   * Compaction takes from anywhere.
   *
   * @throws UnreadableTopicException where one is compacted
   */
  public static void require(KafkaClients clients, Collection<String> topics) {
    clients.settings(topics).forEach(WholeTopics::require);
  }

  private static void require(String topic, Map<String, String> settings) {
    String policy = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
    if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new UnreadableTopicException(compacted(topic, policy));
    }
    if (policy.contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
      warnOfLimit(topic, TopicConfig.RETENTION_MS_CONFIG, settings);
      warnOfLimit(topic, TopicConfig.RETENTION_BYTES_CONFIG, settings);
    }
  }

  /**
   * @param policy as the broker has it
   */
  public static String compacted(String topic, String policy) {
    return ("topic %s has cleanup.policy=%s: of records with the same key all but the newest may be"
            + " gone, and with them what positions point to. Records that are gone do not come"
            + " back; for those that come: kafka-configs --alter --topic %s --add-config"
            + " cleanup.policy=delete,retention.ms=-1")
        .formatted(topic, policy, topic);
  }

  private static void warnOfLimit(String topic, String setting, Map<String, String> settings) {
    String limit = settings.getOrDefault(setting, FOR_EVER);
    if (!limit.equals(FOR_EVER)) {
      LOG.warn(
          "topic={} has {}={}: what is older will be gone, and runs that read it can neither be"
              + " resumed nor replayed then",
          topic,
          setting,
          limit);
    }
  }
}

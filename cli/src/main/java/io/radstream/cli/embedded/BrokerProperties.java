package io.radstream.cli.embedded;

import io.radstream.schemas.Topic;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Kafka's settings for one node that is broker and controller, small and quick to start. */
final class BrokerProperties {

  /** Changelogs and rejections carry a record of the largest size and something around it. */
  private static final int MAX_MESSAGE_BYTES = Topic.MAX_RECORD_BYTES + 1024 * 1024;

  private static final int CLEANER_BUFFER_BYTES = 8 * 1024 * 1024;
  private static final int A_YEAR_IN_MINUTES = 365 * 24 * 60;

  private BrokerProperties() {}

  static Properties singleNode(Path logDirectory, int brokerPort, int controllerPort) {
    Properties properties = new Properties();
    properties.putAll(addresses(brokerPort, controllerPort));
    properties.putAll(replicationOfOne());
    properties.putAll(limits());
    properties.put("log.dirs", logDirectory.toString());
    return properties;
  }

  private static Map<String, String> addresses(int brokerPort, int controllerPort) {
    String controller = EmbeddedBroker.HOST + ":" + controllerPort;
    return Map.of(
        "process.roles", "broker,controller",
        "node.id", "1",
        // Static voters: the controller may listen elsewhere after a restart.
        "controller.quorum.voters", "1@" + controller,
        "listeners",
            "BROKER://" + EmbeddedBroker.HOST + ":" + brokerPort + ",CONTROLLER://" + controller,
        "listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name", "BROKER",
        "controller.listener.names", "CONTROLLER");
  }

  private static Map<String, String> replicationOfOne() {
    return Map.of(
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "share.coordinator.state.topic.num.partitions", "1");
  }

  private static Map<String, String> limits() {
    return Map.of(
        "message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES),
        "auto.create.topics.enable", "false",
        "group.initial.rebalance.delay.ms", "0",
        // A demo taken up again after a holiday goes on where it stood.
        "offsets.retention.minutes", Integer.toString(A_YEAR_IN_MINUTES),
        "log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES),
        "num.network.threads", "2",
        "num.io.threads", "4",
        "background.threads", "2");
  }
}

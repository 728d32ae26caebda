package io.radstream.cli.experiment;

import io.radstream.cli.demo.Footing;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Source;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.objects.ClaimedObjects;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an experiment stands on.
 *
 * @param connection whose prefix stands before those of sources
 * @param cluster that it leads to
 * @param directory of the experiment: tokenizer, checkpoints, results
 * @param originals where pictures at full resolution are read; empty where nobody has said
 * @param device that networks compute on
 * @param pseudonymizer of studies that may be of patients
 * @param again whether a test may be read that a cell's line has been judged on
 */
public record Grounds(
    KafkaConnection connection,
    Footing cluster,
    Path directory,
    Optional<ClaimedObjects> originals,
    DeviceChoice device,
    Supplier<Pseudonymizer> pseudonymizer,
    Clock clock,
    boolean again) {

  /**
   * @throws InvalidExperimentException where Kafka would refuse the prefix
   */
  KafkaConnection to(Source source) {
    try {
      return new KafkaConnection(
          connection.bootstrap(),
          connection.registry(),
          new TopicNames(connection.topics().prefix() + source.prefix()),
          connection.properties());
    } catch (IllegalArgumentException e) {
      throw new InvalidExperimentException("sources", e.getMessage());
    }
  }

  /** Whether a record was ever there. */
  boolean holds(Source source, Topic topic) {
    KafkaConnection to = to(source);
    try (TopicConsumer log =
        new TopicConsumer(
            KafkaClients.of(to).consumer(), to.topics().of(topic), Patience.limited())) {
      return log.ends(log.partitionsIfAny()).values().stream().anyMatch(end -> end > 0);
    }
  }

  Path store() {
    return directory.resolve("checkpoints");
  }
}

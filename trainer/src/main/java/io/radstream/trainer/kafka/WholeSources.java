package io.radstream.trainer.kafka;

import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.WholeTopics;
import io.radstream.trainer.config.RunConfig;
import java.util.ArrayList;
import java.util.List;

/** Refuses topics that a run could not go back into. */
public final class WholeSources {

  private WholeSources() {}

  /**
   * @throws io.radstream.schemas.log.UnreadableTopicException where a topic that the run reads is
   *     compacted
   */
  public static void require(RunConfig config, List<SourceTopics> sources) {
    List<Topic> read = new ArrayList<>(List.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION));
    if (ObjectiveList.needs(config.model()).contains(BatchInput.LABELS)) {
      read.add(Topic.LABELS);
    }
    for (SourceTopics source : sources) {
      WholeTopics.require(
          source.clients(), read.stream().map(source.connection().topics()::of).toList());
    }
  }

  /**
   * All steps of a run have one key.
   *
   * @throws io.radstream.schemas.log.UnreadableTopicException where the ledger is compacted
   */
  public static void requireLedger(KafkaClients clients, KafkaConnection connection) {
    WholeTopics.require(clients, List.of(connection.topics().of(Topic.TRAINING_LEDGER)));
  }
}

package io.radstream.trainer.run;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import java.time.Clock;

/**
 * What a run, or the replay of one, finds around itself.
 *
 * @param connection to its topics; the ledger is one of them
 * @param clients of that connection
 * @param store of checkpoints
 */
public record Surroundings(
    KafkaConnection connection, KafkaClients clients, CheckpointStore store, Clock clock) {

  public Surroundings(KafkaConnection connection, CheckpointStore store, Clock clock) {
    this(connection, KafkaClients.of(connection), store, clock);
  }
}

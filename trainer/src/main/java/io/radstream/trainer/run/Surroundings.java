package io.radstream.trainer.run;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.trace.Tracing;
import io.radstream.trainer.augment.ViewSource;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.ranks.Leader;
import java.time.Clock;
import java.util.Optional;

/**
 * What a run, or the replay of one, finds around itself.
 *
 * @param connection to its topics; the ledger is one of them
 * @param clients of that connection
 * @param store of checkpoints
 * @param originals where pictures at full resolution are read; empty where nobody has said
 * @param device that the network is to compute on
 * @param tracing tells of steps and checkpoints
 * @param leader of other ranks that learn along; empty where this one is alone
 */
public record Surroundings(
    KafkaConnection connection,
    KafkaClients clients,
    CheckpointStore store,
    Optional<ClaimedObjects> originals,
    DeviceChoice device,
    Clock clock,
    Tracing tracing,
    Optional<Leader> leader) {

  /** Without originals, spans and other ranks. */
  public Surroundings(
      KafkaConnection connection,
      KafkaClients clients,
      CheckpointStore store,
      DeviceChoice device,
      Clock clock) {
    this(
        connection,
        clients,
        store,
        Optional.empty(),
        device,
        clock,
        Tracing.off(),
        Optional.empty());
  }

  /** Without originals, spans and other ranks, with clients of a real cluster. */
  public Surroundings(
      KafkaConnection connection, CheckpointStore store, DeviceChoice device, Clock clock) {
    this(connection, KafkaClients.of(connection), store, device, clock);
  }

  /**
   * @throws io.radstream.trainer.config.InvalidConfigException where the settings want pictures at
   *     full resolution, and nobody has said where they are
   */
  public void requireOriginals(RunConfig config) {
    ViewSource unused = ViewSource.of(config, originals, study -> false);
  }

  /** The same with a store of originals, or none. */
  public Surroundings withOriginals(Optional<ClaimedObjects> others) {
    return new Surroundings(connection, clients, store, others, device, clock, tracing, leader);
  }

  /** The same with spans. */
  public Surroundings withTracing(Tracing other) {
    return new Surroundings(connection, clients, store, originals, device, clock, other, leader);
  }

  /** The same with other ranks. */
  public Surroundings with(Leader other) {
    return new Surroundings(
        connection, clients, store, originals, device, clock, tracing, Optional.of(other));
  }
}

package io.radstream.trainer.kafka;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;

/**
 * A hospital, or whatever else publishes studies of its own, that a run reads.
 *
 * @param name as the ledger has it
 * @param weight of its studies in a batch, relative to the other sources' weights
 */
public record Source(
    String name, double weight, KafkaClients clients, KafkaConnection connection) {}

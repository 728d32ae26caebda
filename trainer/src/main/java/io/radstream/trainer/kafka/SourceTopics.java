package io.radstream.trainer.kafka;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;

/**
 * The topics of a source that a run reads: of a hospital, or of whatever else publishes studies of
 * its own.
 *
 * @param name of the source, as settings and ledger have it
 * @param weight of its studies in a batch, relative to the other sources' weights
 */
public record SourceTopics(
    String name, double weight, KafkaClients clients, KafkaConnection connection) {}

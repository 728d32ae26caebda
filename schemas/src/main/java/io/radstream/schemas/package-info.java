/**
 * The contract between the modules: Avro records, topic names, serdes in the Confluent wire format,
 * and how a topic is followed. Every module that touches Kafka imports this one; it imports none of
 * them.
 */
package io.radstream.schemas;

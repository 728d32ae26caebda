/**
 * The contract between the modules: Avro records, topic names, serdes in the Confluent wire format,
 * and, in {@code log}, how topics are read. Every module that touches Kafka imports this one; it
 * imports none of them.
 */
package io.radstream.schemas;

/**
 * The contract between the modules: Avro records, topic names, and serdes in the Confluent wire
 * format. Every module that touches Kafka imports this one; it imports none of them.
 */
package io.radstream.schemas;

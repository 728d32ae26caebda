/** The Kafka clients of a run, behind an interface that a test can stand in for. */
package io.radstream.trainer.kafka;

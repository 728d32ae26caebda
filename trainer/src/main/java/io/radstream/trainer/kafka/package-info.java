/**
 * The Kafka clients of a run, behind an interface that a test can stand in for, and the sources
 * that its configuration ({@code config}) names.
 */
package io.radstream.trainer.kafka;

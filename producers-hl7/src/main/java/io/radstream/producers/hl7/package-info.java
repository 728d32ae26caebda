/**
 * A source that listens for messages of HL7 version 2: takes reports and patient merges to the
 * cluster, and tells each sender what became of its message. {@code mllp} speaks to the senders,
 * {@code message} takes messages apart, {@code report} says what they mean.
 */
package io.radstream.producers.hl7;

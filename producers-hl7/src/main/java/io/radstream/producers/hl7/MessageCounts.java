package io.radstream.producers.hl7;

/**
 * What became of the messages that came.
 *
 * @param accepted those that the cluster has
 * @param notForUs those that are neither a report nor a patient merge, accepted too
 * @param rejected those that will never be taken
 * @param failed those that may be sent again
 * @param unreadable what was no message
 */
public record MessageCounts(
    long accepted, long notForUs, long rejected, long failed, long unreadable) {}

package io.radstream.producers.hl7.mllp;

/**
 * Who has a connection.
 *
 * @param host its address
 * @param port of the sender's side, which tells its connections apart
 */
public record Sender(String host, int port) {}

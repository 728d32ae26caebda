package io.radstream.schemas;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The schema registry did not answer, or what answers in its place is none; the operation can be
 * tried again.
 */
public final class RegistryUnavailableException extends RetriableException {

  /**
   * @param trouble for people
   */
  public RegistryUnavailableException(String topic, String trouble, Throwable cause) {
    super("while reading topic %s: %s".formatted(topic, trouble), cause);
  }
}

package io.radstream.schemas;

import org.apache.kafka.common.errors.RetriableException;

/** The schema registry did not answer; the operation can be tried again. */
public final class RegistryUnavailableException extends RetriableException {

  public RegistryUnavailableException(String topic, Throwable cause) {
    super("schema registry did not answer while reading topic " + topic, cause);
  }
}

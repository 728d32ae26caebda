package io.radstream.serving.worklist;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;

/** Where verdicts are written. */
@FunctionalInterface
public interface VerdictOutlet extends AutoCloseable {

  /**
   * Waits until it is written.
   *
   * @throws UnrecordedVerdictException where it was not, and will not be
   */
  void write(LabelledStudy verdict) throws UnrecordedVerdictException;

  /** The topic {@code labels}; connects with the first verdict. */
  static VerdictOutlet of(KafkaConnection connection) {
    return VerdictTopic.of(connection);
  }

  @Override
  default void close() {}
}

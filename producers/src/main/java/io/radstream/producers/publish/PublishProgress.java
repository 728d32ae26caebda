package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;

/** Told of what a source hands over and what becomes of it, from several threads at a time. */
@FunctionalInterface
public interface PublishProgress {

  /** Nobody looks. */
  PublishProgress NONE = items -> {};

  /**
   * An item was handed to the producer or refused.
   *
   * @param items handled so far
   */
  void advanced(long items);

  /** The source has handed it over; one of the following is told of each. */
  default void received(Consignment consignment) {}

  /** The cluster has it. */
  default void acknowledged(Consignment consignment) {}

  /**
   * It will not be sent.
   *
   * @param explanation free of its content
   */
  default void refused(Consignment consignment, RejectionReason reason, String explanation) {}

  /** The cluster did not take it; the source may hand it over again. */
  default void failed(Consignment consignment) {}
}

package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;

/** What became of a part, so that a source can tell whoever sent it. */
public interface Receipt {

  /** Nobody asks. */
  Receipt NONE = new Receipt() {};

  /** The cluster has every record of the part. */
  default void acknowledged() {}

  /**
   * The part was not sent, and will not be.
   *
   * @param explanation free of the part's content
   */
  default void refused(RejectionReason reason, String explanation) {}

  /** The cluster did not take it; it may be sent again. */
  default void failed(String explanation) {}
}

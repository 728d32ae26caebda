package io.radstream.serving.calibration;

/** Told how a calibration goes on, between its passes. */
public interface Effort {

  /** Nobody who wants to know. */
  Effort NONE = new Effort() {};

  /**
   * So many studies are to be scored.
   *
   * @throws java.util.concurrent.CancellationException as {@link #scored}
   */
  default void begins(int studies) {}

  /**
   * So many more were.
   *
   * @throws java.util.concurrent.CancellationException where it is to end here, with nothing
   *     written
   */
  default void scored(int studies) {}
}

package io.radstream.model.kernels.check;

/** One kernel, or some that belong together, against their formula in float64. */
public interface KernelCheck {

  /** What is checked, with its shape. */
  String name();

  /**
   * The same numbers each time, so that two outcomes have to have the same digest.
   *
   * @throws io.radstream.model.kernels.KernelException where the kernels cannot be had
   */
  Outcome run(CheckedDevice device);
}

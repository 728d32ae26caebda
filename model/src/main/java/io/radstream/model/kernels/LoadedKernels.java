package io.radstream.model.kernels;

/** The kernels of a program on a device, for as long as that is open. */
public interface LoadedKernels {

  /**
   * SHA-256 in hexadecimal digits of what decides which bits come out: the program with its
   * constants, the compiler and its options, and the architecture.
   */
  String key();

  /**
   * Asks for a kernel; it runs after what was asked for before on the same stream. While a stream
   * is captured, only kernels should be asked for that have run before, since drivers may load one
   * when it is first used, and nothing may be loaded then.
   *
   * @param stream a {@code CUstream}; 0 for the default one
   * @throws IllegalArgumentException where the kernel takes other arguments
   * @throws KernelException where the device refuses
   */
  void launch(long stream, String kernel, Grid grid, Arguments arguments);
}

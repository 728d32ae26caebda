package io.radstream.model.kernels;

/** Where kernels run. */
public interface KernelDevice extends AutoCloseable {

  /**
   * Makes a program ready, compiling it where that has not been done before.
   *
   * @throws KernelException where it cannot be compiled or loaded; the message says why
   */
  LoadedKernels load(KernelProgram program);

  @Override
  void close();
}

package io.radstream.model.engine;

import com.sun.jna.Pointer;

/**
 * Whether the engine is held to kernels that give the same bits each time, as PyTorch's {@code
 * use_deterministic_algorithms}; what has none fails then. A GPU's fastest kernels add in the order
 * in which their threads happen to come.
 */
final class DeterministicKernels {

  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final String DETERMINISTIC = "_ZN2at7Context26setDeterministicAlgorithmsEbb";
  private static final String FILL = "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb";

  private DeterministicKernels() {}

  /**
   * For the whole process, from now on. cuBLAS wants the environment variable {@code
   * CUBLAS_WORKSPACE_CONFIG} as well.
   *
   * @throws UnsatisfiedLinkError where this PyTorch has no such switch
   */
  static void require(boolean required) {
    Pointer context = NativeTorch.function(CONTEXT).invokePointer(new Object[0]);
    NativeTorch.function(DETERMINISTIC).invoke(new Object[] {context, bool(required), bool(false)});
    // Else all memory that nobody has written to yet is filled with NaN, which costs time.
    NativeTorch.function(FILL).invoke(new Object[] {context, bool(false)});
  }

  private static byte bool(boolean value) {
    return (byte) (value ? 1 : 0);
  }
}

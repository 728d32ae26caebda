package io.radstream.model.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * Whether the engine is held to kernels that give the same bits each time, as PyTorch's {@code
 * use_deterministic_algorithms}; what has none fails then. A GPU's fastest kernels add in the order
 * in which their threads happen to come. DJL does not offer the switch, so that the engine's own
 * functions are called here, by the names that C++ compilers on Linux give them.
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
    NativeLibrary torch =
        NativeLibrary.getInstance(
            Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu")).toString());
    Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
    torch.getFunction(DETERMINISTIC).invoke(new Object[] {context, bool(required), bool(false)});
    // Else all memory that nobody has written to yet is filled with NaN, which costs time.
    torch.getFunction(FILL).invoke(new Object[] {context, bool(false)});
  }

  private static byte bool(boolean value) {
    return (byte) (value ? 1 : 0);
  }
}

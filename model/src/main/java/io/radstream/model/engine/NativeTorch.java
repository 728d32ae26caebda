package io.radstream.model.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/**
 * The engine's own functions, for what DJL does not offer, by the names that C++ compilers on Linux
 * give them.
 */
final class NativeTorch {

  private NativeTorch() {}

  /**
   * @throws UnsatisfiedLinkError where this PyTorch has no such function
   */
  static Function function(String name) {
    return NativeLibrary.getInstance(
            Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu")).toString())
        .getFunction(name);
  }
}

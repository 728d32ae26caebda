package io.radstream.model.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The engine's own functions, for what DJL does not offer, by the names that C++ compilers on Linux
 * give them. A C++ exception that leaves one of them ends the process: whoever calls one sees to it
 * beforehand that it has no reason to.
 */
final class NativeTorch {

  private static final List<String> LIBRARIES = List.of("torch_cpu", "c10_cuda", "torch_cuda");

  /** Lazily, and for whoever asks here alone: RTLD_LAZY of dlopen(3). */
  static final Map<String, ?> LOCAL = Map.of(Library.OPTION_OPEN_FLAGS, 1);

  private final Path directory;

  /**
   * @param directory of the libraries; a PyTorch for CPUs has not all of them
   */
  NativeTorch(Path directory) {
    this.directory = directory;
  }

  /** The one that the engine has loaded. */
  static NativeTorch loaded() {
    return new NativeTorch(Path.of(LibUtils.getLibtorchPath()));
  }

  /**
   * @throws UnsatisfiedLinkError where this PyTorch has no such function
   */
  static Function function(String name) {
    return loaded().find(name);
  }

  /**
   * @param names of one function in different versions
   * @throws UnsatisfiedLinkError where this PyTorch has it under none of them
   */
  Function find(String... names) {
    UnsatisfiedLinkError last = new UnsatisfiedLinkError("no PyTorch in " + directory);
    for (String library : LIBRARIES) {
      Path file = directory.resolve(System.mapLibraryName(library));
      if (Files.exists(file)) {
        for (String name : names) {
          try {
            return NativeLibrary.getInstance(file.toString(), LOCAL).getFunction(name);
          } catch (UnsatisfiedLinkError e) {
            last = e;
          }
        }
      }
    }
    throw last;
  }
}

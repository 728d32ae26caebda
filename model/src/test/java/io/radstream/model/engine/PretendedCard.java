package io.radstream.model.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A card that writes down what it is told: {@code card.cpp}, compiled by g++. */
final class PretendedCard {

  private final Path directory;
  private final NativeLibrary library;

  private PretendedCard(Path directory, NativeLibrary library) {
    this.directory = directory;
    this.library = library;
  }

  /**
   * @param directory empty; the libraries are put there
   * @param options of g++
   */
  static PretendedCard in(Path directory, String... options) throws Exception {
    Path source = directory.resolve("card.cpp");
    try (InputStream in = PretendedCard.class.getResourceAsStream("card.cpp")) {
      Files.copy(in, source);
    }
    Path library = directory.resolve("libtorch_cuda.so");
    List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-O0", "-fPIC"));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-shared", "-o", library.toString(), source.toString()));
    int state = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (state != 0) {
      throw new IOException("g++ refuses " + source);
    }
    return new PretendedCard(
        directory, NativeLibrary.getInstance(library.toString(), NativeTorch.LOCAL));
  }

  /** As it is at first. */
  void renew() {
    call("card_new");
  }

  NativeTorch torch() {
    return new NativeTorch(directory);
  }

  CudaContext context(int device) {
    return CudaContext.open(library.getFile().toString(), device);
  }

  /** Every call gives this error from now on; 0 for none. */
  void fail(int error) {
    call("card_fails", error);
  }

  /** Something for the calling thread's current stream. */
  void kernel(int number) {
    call("card_kernel", number);
  }

  /** Something that cannot be recorded. */
  int forbidden() {
    return call("card_forbidden");
  }

  boolean isRecording() {
    return call("card_records") != 0;
  }

  /** What it was told since this was last asked for. */
  List<String> journal() {
    Pointer text = library.getFunction("card_journal").invokePointer(new Object[0]);
    return text.getString(0).lines().toList();
  }

  private int call(String function, Object... arguments) {
    return library.getFunction(function).invokeInt(arguments);
  }
}

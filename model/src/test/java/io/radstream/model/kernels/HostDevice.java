package io.radstream.model.kernels;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.radstream.model.kernels.check.CheckedDevice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A processor that runs the kernels' very text, compiled by g++: {@code host.h}. */
public final class HostDevice implements CheckedDevice {

  private static final int NO_SUCH_PROGRAM = 127;

  private final Path directory;
  private final boolean backwards;
  private final Map<KernelProgram, NativeLibrary> libraries;

  private HostDevice(Path directory, boolean backwards, Map<KernelProgram, NativeLibrary> known) {
    this.directory = directory;
    this.backwards = backwards;
    this.libraries = known;
  }

  /**
   * @param directory for what is compiled
   */
  public static HostDevice in(Path directory) {
    return new HostDevice(directory, false, new HashMap<>());
  }

  /** The same with threads and blocks in the other order, and what is compiled already. */
  public HostDevice turnedAround() {
    return new HostDevice(directory, true, libraries);
  }

  public static boolean isHere() {
    return run(List.of("sh", "-c", "command -v g++")) == 0;
  }

  @Override
  public LoadedKernels load(KernelProgram program) {
    NativeLibrary library = library(program);
    Signatures signatures = Signatures.of(program);
    return new LoadedKernels() {
      @Override
      public String key() {
        return "on the host";
      }

      @Override
      public void launch(long stream, String kernel, Grid grid, Arguments arguments) {
        signatures.require(kernel, arguments);
        call(library.getFunction("launch_" + kernel), kernel, grid, arguments);
      }
    };
  }

  private void call(Function function, String kernel, Grid grid, Arguments arguments) {
    try (Memory given = arguments.packed();
        Memory shape = new Memory(3 * Integer.BYTES)) {
      shape.write(0, new int[] {grid.across(), grid.down(), grid.threads()}, 0, 3);
      if (function.invokeInt(new Object[] {shape, given, backwards ? 1 : 0}) != 0) {
        throw new KernelException("threads of " + kernel + " wait for different things");
      }
    }
  }

  private NativeLibrary library(KernelProgram program) {
    return libraries.computeIfAbsent(program, this::compile);
  }

  private NativeLibrary compile(KernelProgram program) {
    String name = "%s-%d".formatted(program.name(), libraries.size());
    Path source = directory.resolve(name + ".cpp");
    Path library = directory.resolve(name + ".so");
    String doors =
        program.kernels().stream()
            .map("HOST_KERNEL(%s)%n"::formatted)
            .collect(Collectors.joining());
    try {
      Files.writeString(source, resource() + program.text() + doors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "g++",
                "-std=c++17",
                "-O0",
                "-fno-strict-aliasing",
                "-fPIC",
                "-shared",
                "-fvisibility=hidden"));
    command.addAll(List.of("-Wall", "-Wno-unknown-pragmas", "-Wno-uninitialized"));
    command.addAll(program.definitions());
    command.addAll(List.of("-o", library.toString(), source.toString()));
    if (run(command) != 0) {
      throw new KernelException("g++ refuses " + source);
    }
    return NativeLibrary.getInstance(library.toString());
  }

  private static int run(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start()
          .waitFor();
    } catch (IOException e) {
      return NO_SUCH_PROGRAM;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String resource() {
    try (InputStream in = HostDevice.class.getResourceAsStream("host.h")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long allocate(long bytes) {
    NativeLibrary any = library(KernelProgram.rows());
    return Pointer.nativeValue(
        any.getFunction("host_allocate").invokePointer(new Object[] {bytes}));
  }

  @Override
  public void write(long address, ByteBuffer from) {
    new Pointer(address).getByteBuffer(0, from.remaining()).put(from);
  }

  @Override
  public void read(long address, ByteBuffer to) {
    to.put(new Pointer(address).getByteBuffer(0, to.remaining()));
  }

  @Override
  public double milliseconds(Runnable work, int times) {
    return Double.NaN;
  }

  /** Small, and the process's. */
  @Override
  public void release() {}

  @Override
  public void close() {
    libraries.values().forEach(NativeLibrary::close);
  }
}

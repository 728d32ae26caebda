package io.radstream.model.kernels;

import ai.djl.util.Utils;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** NVIDIA's runtime compiler. It needs no GPU. */
public final class Nvrtc implements KernelCompiler {

  /** Of the two newest kinds, of Debian's, and what JNA finds by itself. */
  private static final List<String> NAMES =
      List.of("libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "nvrtc");

  private final NvrtcApi api;

  /** Held, since JNA unloads what nobody holds, and the compiler goes on using it. */
  private final Optional<NativeLibrary> companion;

  private Nvrtc(NvrtcApi api, Optional<NativeLibrary> companion) {
    this.api = api;
    this.companion = companion;
  }

  /**
   * Looks where {@code RADSTREAM_NVRTC} says, beside the PyTorch of {@code PYTORCH_LIBRARY_PATH},
   * in {@code CUDA_HOME}, and where the system's loader does.
   *
   * @throws KernelException where there is none; the message says what to do
   */
  public static Nvrtc find() {
    Optional<Path> place = new NvrtcPlaces(Utils::getEnvOrSystemProperty).library();
    // Loaded by its path, so that the compiler's own loading by name finds it.
    Optional<NativeLibrary> companion =
        place
            .flatMap(NvrtcPlaces::companion)
            .map(path -> NativeLibrary.getInstance(path.toString()));
    return place
        .map(path -> Stream.of(path.toString()))
        .orElseGet(NAMES::stream)
        .flatMap(name -> open(name).stream())
        .findFirst()
        .map(api -> new Nvrtc(api, companion))
        .orElseThrow(
            () ->
                new KernelException(
                    "no usable libnvrtc%s: it comes with a CUDA build of PyTorch, with the CUDA"
                            .formatted(place.map(path -> " at " + path).orElse(""))
                        + " toolkit, as Debian's package libnvrtc11.2 (non-free), and for Python as"
                        + " nvidia-cuda-nvrtc; name it in "
                        + NvrtcPlaces.SETTING));
  }

  private static Optional<NvrtcApi> open(String name) {
    try {
      return Optional.of(
          Native.load(name, NvrtcApi.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  @Override
  public String version() {
    IntByReference major = new IntByReference();
    IntByReference minor = new IntByReference();
    require("its version", api.nvrtcVersion(major, minor));
    return "NVRTC %d.%d".formatted(major.getValue(), minor.getValue());
  }

  @Override
  public List<Integer> architectures() {
    IntByReference count = new IntByReference();
    require("its architectures", api.nvrtcGetNumSupportedArchs(count));
    int[] architectures = new int[count.getValue()];
    require("its architectures", api.nvrtcGetSupportedArchs(architectures));
    return Arrays.stream(architectures).sorted().boxed().toList();
  }

  @Override
  public Compilation compile(KernelProgram program, Target target) {
    PointerByReference handle = new PointerByReference();
    require(
        program.name(),
        api.nvrtcCreateProgram(
            handle, program.text(), program.name() + ".cu", 0, Pointer.NULL, Pointer.NULL));
    try {
      String[] options = KernelCompiler.options(program, target).toArray(String[]::new);
      int result = api.nvrtcCompileProgram(handle.getValue(), options.length, options);
      String log = log(handle.getValue());
      if (result != 0) {
        throw new KernelException(
            "%s cannot compile %s for %s: %s%n%s"
                .formatted(
                    version(), program.name(), target, api.nvrtcGetErrorString(result), log));
      }
      return new Compilation(image(program, handle.getValue(), target), log);
    } finally {
      api.nvrtcDestroyProgram(handle);
      Reference.reachabilityFence(companion);
    }
  }

  private String log(Pointer program) {
    LongByReference size = new LongByReference();
    require("its log", api.nvrtcGetProgramLogSize(program, size));
    byte[] log = new byte[Math.toIntExact(size.getValue())];
    require("its log", api.nvrtcGetProgramLog(program, log));
    return new String(log, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  private byte[] image(KernelProgram of, Pointer program, Target target) {
    LongByReference size = new LongByReference();
    require(
        of.name(),
        target.exact() ? api.nvrtcGetCUBINSize(program, size) : api.nvrtcGetPTXSize(program, size));
    byte[] image = new byte[Math.toIntExact(size.getValue())];
    require(
        of.name(),
        target.exact() ? api.nvrtcGetCUBIN(program, image) : api.nvrtcGetPTX(program, image));
    return image;
  }

  private void require(String what, int result) {
    if (result != 0) {
      throw new KernelException(
          "NVRTC, for %s: %s".formatted(what, api.nvrtcGetErrorString(result)));
    }
  }
}

package io.radstream.model.kernels;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;

/** Programs compiled for one GPU, each of them once for all processes of a user. */
public final class KernelBinaries {

  private final KernelCompiler compiler;
  private final KernelCompiler.Target target;
  private final BinaryStore store;

  /**
   * @param capability of the GPU, as 90 for 9.0
   * @param directory for what is compiled; made where it is missing
   * @throws KernelException where the compiler knows no such GPU
   */
  public KernelBinaries(KernelCompiler compiler, int capability, Path directory) {
    this.compiler = compiler;
    target = compiler.target(capability);
    store = new BinaryStore(directory);
  }

  /** Where a user's caches lie: {@code XDG_CACHE_HOME}, or {@code .cache} in the home directory. */
  public static Path ofUser() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("radstream")
        .resolve("kernels");
  }

  /**
   * As a driver takes it.
   *
   * @throws KernelException where it cannot be compiled
   */
  public byte[] image(KernelProgram program) {
    return store.get(key(program), () -> compiler.compile(program, target).image());
  }

  /** As in {@link LoadedKernels#key}. */
  public String key(KernelProgram program) {
    return digest(
        String.join(
            "\n",
            compiler.version(),
            String.join(" ", KernelCompiler.options(program, target)),
            program.text()));
  }

  /**
   * One for all kernels of a step, whatever order they are given in.
   *
   * @param keys as {@link LoadedKernels#key}
   */
  public static String kernelsHash(Collection<String> keys) {
    return digest(String.join("\n", keys.stream().distinct().sorted().toList()));
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

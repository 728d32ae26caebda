package io.radstream.model.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernels that are compiled together.
 *
 * @param name of the text, a resource beside this class
 * @param constants that the text is compiled for
 */
public record KernelProgram(String name, SortedMap<String, Integer> constants) {

  private static final Pattern KERNEL =
      Pattern.compile(
          "extern \"C\" __global__ void (?:__launch_bounds__\\([^)]*\\) )?(\\w+)\\(([^)]*)\\)");

  public KernelProgram {
    constants = Collections.unmodifiableSortedMap(new TreeMap<>(constants));
  }

  /**
   * {@code add_norm}, {@code add_norm_back}.
   *
   * @param width a multiple of 8
   * @param wide residual stream in float32, else bfloat16
   */
  static KernelProgram norm(int width, boolean wide) {
    requireEights(width);
    return of("norm", Map.of("WIDTH", width, "WIDE", wide ? 1 : 0));
  }

  /** {@code relu_back}, {@code gelu_back}, {@code column_sums}, {@code finish_columns}. */
  static KernelProgram columns() {
    return of("columns", Map.of());
  }

  /**
   * {@code cross_entropy}.
   *
   * @param columns classes with their padding, a multiple of 8
   */
  static KernelProgram entropy(int columns) {
    requireEights(columns);
    return of("entropy", Map.of("COLUMNS", columns));
  }

  /** {@code squares}, {@code finish_norm}, {@code descend}. */
  static KernelProgram descent() {
    return of("descent", Map.of());
  }

  /** {@code view_means}, {@code view_weigh} and its two ways back. */
  static KernelProgram fusion() {
    return of("fusion", Map.of());
  }

  /** {@code look}, {@code drop} and {@code look_back}, for streams of both types. */
  static KernelProgram embedding() {
    return of("embedding", Map.of());
  }

  /** {@code gather_rows}. */
  static KernelProgram rows() {
    return of("rows", Map.of());
  }

  /** One of each kind, of the sizes of the preset {@code base}. */
  public static List<KernelProgram> base() {
    return List.of(
        norm(768, false),
        norm(768, true),
        norm(512, false),
        norm(512, true),
        columns(),
        entropy(30_528),
        descent(),
        fusion(),
        embedding(),
        rows());
  }

  private static KernelProgram of(String name, Map<String, Integer> constants) {
    return new KernelProgram(name, new TreeMap<>(constants));
  }

  /**
   * @throws IllegalArgumentException where it is no multiple of 8
   */
  static void requireEights(int width) {
    if (width < 8 || width % 8 != 0) {
      throw new IllegalArgumentException("the kernels need a multiple of 8, not " + width);
    }
  }

  /** In CUDA C++, in need of no headers. */
  public String text() {
    return resource("common.cuh") + resource(name + ".cu");
  }

  /** Constants as a compiler takes them. */
  public List<String> definitions() {
    return constants.entrySet().stream()
        .map(constant -> "-D%s=%d".formatted(constant.getKey(), constant.getValue()))
        .toList();
  }

  /** Names of the kernels. */
  public List<String> kernels() {
    return KERNEL.matcher(text()).results().map(kernel -> kernel.group(1)).toList();
  }

  /**
   * What each kernel takes, by its name: the types that {@link Arguments} holds.
   *
   * <p>Neither the driver nor a processor would notice a number of another size, and a kernel would
   * write where it should not.
   */
  Map<String, List<Class<? extends Number>>> signatures() {
    Map<String, List<Class<? extends Number>>> signatures = new TreeMap<>();
    Matcher matcher = KERNEL.matcher(text());
    matcher.results().forEach(kernel -> signatures.put(kernel.group(1), types(kernel)));
    return signatures;
  }

  private static List<Class<? extends Number>> types(MatchResult kernel) {
    return Arrays.stream(kernel.group(2).split(","))
        .<Class<? extends Number>>map(parameter -> type(parameter.strip()))
        .toList();
  }

  private static Class<? extends Number> type(String parameter) {
    if (parameter.contains("*") || parameter.startsWith("i64 ")) {
      return Long.class;
    }
    return parameter.startsWith("float ") ? Float.class : Integer.class;
  }

  private static String resource(String name) {
    try (InputStream in = KernelProgram.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of this very jar", e);
    }
  }
}

package io.radstream.model.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What Linux tells of a processor; empty where another system runs.
 *
 * @param vendor as the processor itself has it
 * @param features by the names that Linux gives them
 */
public record Processor(String name, String vendor, Set<String> features) {

  private static final Path SYSTEM = Path.of("/proc/cpuinfo");

  private static final Set<String> AVX_512 = Set.of("avx512bw", "avx512dq", "avx512vl");

  public Processor {
    features = Set.copyOf(features);
  }

  public static Processor ofThisMachine() {
    try {
      return of(Files.readAllLines(SYSTEM));
    } catch (IOException otherSystem) {
      return of(List.of());
    }
  }

  /**
   * @param lines of /proc/cpuinfo
   */
  static Processor of(List<String> lines) {
    return new Processor(
        value(lines, "model name"),
        value(lines, "vendor_id"),
        Set.copyOf(List.of(value(lines, "flags").split("\\s+"))));
  }

  /** What bits depend on: other instruction sets round differently. */
  public String description() {
    String known = name.isEmpty() ? "unknown" : name;
    return hasAvx512() ? known + ", AVX-512" : known;
  }

  private boolean hasAvx512() {
    return features.containsAll(AVX_512);
  }

  /**
   * Whether products of matrices in float32 are faster in blocks of memory than row by row: the
   * engine's library for rows (MKL) uses 512-bit registers on Intel's processors alone, that for
   * blocks (oneDNN) wherever they are.
   */
  public boolean multipliesBlocksFaster() {
    return vendor.equals("AuthenticAMD") && hasAvx512();
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(key))
        .map(pair -> pair[1].strip())
        .findFirst()
        .orElse("");
  }
}

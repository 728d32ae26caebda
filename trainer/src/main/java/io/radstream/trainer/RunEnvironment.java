package io.radstream.trainer;

import io.radstream.model.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run's bits depend on beside its configuration and its studies. */
final class RunEnvironment {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private RunEnvironment() {}

  /** By name; the engine has been started. */
  static Map<String, String> current() {
    Map<String, String> values = new TreeMap<>();
    values.put(
        "radstream",
        Optional.ofNullable(RunEnvironment.class.getPackage().getImplementationVersion())
            .orElse("unpackaged"));
    values.put("engine", TorchEngine.description());
    values.put("java", Runtime.version().toString());
    values.put("architecture", System.getProperty("os.arch"));
    values.put("system", System.getProperty("os.name"));
    values.put("processor", processor());
    return values;
  }

  /** Other instruction sets round differently. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}

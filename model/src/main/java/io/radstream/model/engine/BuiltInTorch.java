package io.radstream.model.engine;

import ai.djl.util.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The PyTorch that is built in, which is for one kind of machine. Where that is another one, DJL
 * would try to fetch what is missing, which it may not, and say that.
 */
final class BuiltInTorch {

  /** What DJL's libraries tell of themselves. */
  private static final String DESCRIPTION = "native/lib/pytorch.properties";

  /**
   * The kinds of machine that DJL has PyTorch for, and Radstream's other libraries are for, too.
   */
  private static final Set<String> TO_BE_HAD =
      Collections.unmodifiableSet(
          new TreeSet<>(Set.of("linux-x86_64", "linux-aarch64", "osx-aarch64")));

  private BuiltInTorch() {}

  /**
   * Call before the engine is loaded.
   *
   * @throws IllegalStateException where it is for another kind of machine than this, and none is
   *     brought along
   */
  static void check() {
    if (LibtorchVersion.path().isEmpty()) {
      Platform machine = Platform.fromSystem("pytorch");
      check(machine.getOsPrefix() + "-" + machine.getOsArch(), kinds());
    }
  }

  /**
   * @param machine system and processor, as {@code linux-x86_64}
   * @param builtIn the kinds of machine for which there is one
   */
  static void check(String machine, Set<String> builtIn) {
    if (!builtIn.contains(machine)) {
      throw new IllegalStateException(
          "no PyTorch for this machine (%s) is built in, but %s. %s. Commands that neither train nor score run without it, as publish, topics and results"
              .formatted(machine, has(builtIn), remedy(machine)));
    }
  }

  private static String has(Set<String> builtIn) {
    return builtIn.isEmpty() ? "none at all" : "one for " + String.join(", ", builtIn);
  }

  private static String remedy(String machine) {
    return TO_BE_HAD.contains(machine)
        ? "There is one: build Radstream on this machine, or anywhere with -Dnatives=" + machine
        : "There is none to be had either: run it on one of "
            + String.join(", ", TO_BE_HAD)
            + ", or in a container or virtual machine of that kind";
  }

  /** The kinds of machine for which a PyTorch is on the class path. */
  static Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    try {
      for (URL description :
          Collections.list(BuiltInTorch.class.getClassLoader().getResources(DESCRIPTION))) {
        Properties told = new Properties();
        try (InputStream input = description.openStream()) {
          told.load(input);
        }
        kinds.add(told.getProperty("classifier", "?"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kinds;
  }
}

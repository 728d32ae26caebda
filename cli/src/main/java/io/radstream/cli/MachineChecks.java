package io.radstream.cli;

import com.sun.management.OperatingSystemMXBean;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Whether this machine can run what it is asked to run. */
final class MachineChecks {

  private static final int OLDEST_JAVA = 17;
  private static final long GIB = 1L << 30;
  private static final long MEMORY_WANTED = 4 * GIB;
  private static final long DISK_WANTED = 2 * GIB;

  private MachineChecks() {}

  static Diagnosis java() {
    Runtime.Version version = Runtime.version();
    String detail = version + ", " + Runtime.getRuntime().availableProcessors() + " processors";
    return version.feature() >= OLDEST_JAVA
        ? Diagnosis.ok("java", detail)
        : Diagnosis.fix("java", detail, "install a JDK " + OLDEST_JAVA + " or newer");
  }

  /** Of the container, where there is one. */
  static Diagnosis memory() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return atLeast(
        "memory",
        system.getTotalMemorySize(),
        MEMORY_WANTED,
        "the demo wants %s; on less, run its parts on several machines".formatted(gib(4 * GIB)));
  }

  /**
   * @param directory where data would go; need not exist yet
   */
  static Diagnosis disk(Path directory) {
    try {
      Path existing = directory.toAbsolutePath();
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      return atLeast(
          "disk",
          Files.getFileStore(existing).getUsableSpace(),
          DISK_WANTED,
          "make room on the volume of %s, or name another directory".formatted(existing));
    } catch (IOException e) {
      return Diagnosis.fix("disk", e.toString(), "name a directory that can be read");
    }
  }

  /**
   * Whether a service could listen there.
   *
   * @param address a port, or host and port
   */
  static Diagnosis port(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : address.substring(0, colon);
    try (ServerSocket socket = new ServerSocket()) {
      int port = Integer.parseInt(address.substring(colon + 1));
      socket.bind(new InetSocketAddress(host, port));
      return Diagnosis.ok("port", "%s:%d can be listened on".formatted(host, port));
    } catch (IllegalArgumentException e) {
      return Diagnosis.fix("port", address + " is no port", "name a number from 1 to 65535");
    } catch (IOException e) {
      return Diagnosis.fix(
          "port",
          "%s cannot be listened on: %s".formatted(address, e.getMessage()),
          "end what listens there, take another port, or an address of this machine");
    }
  }

  /** Loads the engine, as every command that trains or serves does. */
  static Diagnosis engine() {
    try {
      TorchEngine.start(1);
      String devices =
          ComputeDevice.present().stream()
              .map(ComputeDevice::toString)
              .collect(Collectors.joining(", "));
      return Diagnosis.ok(
          "engine", "%s; devices: %s".formatted(ComputeDevice.best().description(), devices));
    } catch (RuntimeException | LinkageError e) {
      return Diagnosis.fix(
          "engine",
          "PyTorch does not load: " + e.getMessage(),
          "build again with mvn package; for a GPU see docs/operations.md");
    }
  }

  private static Diagnosis atLeast(String name, long bytes, long wanted, String advice) {
    return bytes >= wanted
        ? Diagnosis.ok(name, gib(bytes))
        : Diagnosis.fix(name, gib(bytes), advice);
  }

  private static String gib(long bytes) {
    return "%.1f GiB".formatted((double) bytes / GIB);
  }
}

package io.radstream.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An archive that others wrote: {@code storescp} of dcmtk.
 *
 * @param folder where each object that it took is a file, called by kind and UID
 */
record StoringArchive(Process process, int port, Path folder) implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/storescp");

  static StoringArchive start(Path folder) throws IOException {
    assumeThat(PROGRAM).as("storescp of dcmtk is not installed").isExecutable();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(), "-aet", "ARCHIVE", "-od", folder.toString(), "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new StoringArchive(process, port, folder);
  }

  String address() {
    return "ARCHIVE@127.0.0.1:" + port;
  }

  /** Content by name. */
  Map<String, byte[]> objects() {
    Map<String, byte[]> objects = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        objects.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects;
  }

  /** Files of pictures, in an order that is always the same. */
  List<Path> captures() {
    return objects().keySet().stream()
        .filter(name -> name.startsWith("SC"))
        .map(folder::resolve)
        .toList();
  }

  @Override
  public void close() {
    process.destroy();
  }
}

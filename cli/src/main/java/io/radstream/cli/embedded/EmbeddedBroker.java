package io.radstream.cli.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A Kafka broker (KRaft, one node) in this process, on loopback. */
final class EmbeddedBroker implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Returns when the broker takes requests.
   *
   * @param directory of the broker's data; formatted where it is new
   * @param wantedPort or {@link ClusterSettings#ANY_PORT}
   * @throws IOException where the directory is not usable or the port is taken
   */
  static EmbeddedBroker start(Path directory, int wantedPort) throws IOException {
    Path logs = directory.resolve("logs").toAbsolutePath();
    if (logs.toString().contains(",")) {
      throw new IOException(
          "Kafka takes a comma in %s for the end of a name; name a data directory without one"
              .formatted(logs));
    }
    Files.createDirectories(logs);
    int port = wantedPort == ClusterSettings.ANY_PORT ? freePort() : checkFree(wantedPort);
    Properties properties = BrokerProperties.singleNode(logs, port, freePortBeside(port));
    // Kafka takes the names of its enums from strings in the default language: none starts in
    // Turkish.
    Locale.setDefault(Locale.ROOT);
    if (!Files.exists(logs.resolve("meta.properties"))) {
      format(properties, directory.resolve("server.properties"));
    }
    return new EmbeddedBroker(start(properties), port);
  }

  String bootstrap() {
    return HOST + ":" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Properties properties, Path file) throws IOException {
    // Kafka reads bytes and no charset; so written, a letter beyond Latin is escaped.
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
    int exitCode =
        StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (exitCode != 0) {
      throw new IOException(
          "cannot format the broker's storage: " + said.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private static KafkaRaftServer start(Properties properties) throws IOException {
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw new IOException("the embedded broker did not start: " + e.getMessage(), e);
    }
  }

  private static int freePort() throws IOException {
    return checkFree(ClusterSettings.ANY_PORT);
  }

  /** A port that was let go a moment ago may well be the next free one. */
  private static int freePortBeside(int other) throws IOException {
    ServerSocket held = bind(other);
    try {
      return freePort();
    } finally {
      held.close();
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  private static int checkFree(int port) throws IOException {
    try (ServerSocket socket = bind(port)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IOException("port " + port + " on " + HOST + " is taken", e);
    }
  }
}

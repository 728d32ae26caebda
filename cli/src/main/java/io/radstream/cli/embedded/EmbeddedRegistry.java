package io.radstream.cli.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apicurio Registry in a process of its own (its libraries clash with ours), on loopback, with its
 * data in a file. Speaks Confluent's REST API.
 */
final class EmbeddedRegistry implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
  private static final String CONFLUENT_API = "/apis/ccompat/v7";
  private static final int POLL_MILLISECONDS = 100;
  private static final int POLLS = 1_200;
  private static final int HTTP_TIMEOUT_MILLISECONDS = 5_000;

  private final ChildProcess child;

  private EmbeddedRegistry(ChildProcess child) {
    this.child = child;
  }

  /**
   * Returns at once; {@link #awaitReady} tells when it is up.
   *
   * @param jar the registry's runner, with its libraries beside it
   * @param directory of the registry's data and log
   * @param port or {@link ClusterSettings#ANY_PORT}
   */
  static EmbeddedRegistry launch(Path jar, Path directory, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    return new EmbeddedRegistry(ChildProcess.start(command(jar, port), directory, "registry"));
  }

  /**
   * @return the base URL of Confluent's API
   * @throws IOException where the registry ended or did not come up; tells the end of its log
   */
  String awaitReady() throws IOException, InterruptedException {
    for (int poll = 0; poll < POLLS; poll++) {
      Optional<String> url = address().map(address -> address + CONFLUENT_API);
      if (url.isPresent() && answers(url.get() + "/subjects")) {
        return url.get();
      }
      if (child.endsWithin(POLL_MILLISECONDS)) {
        throw failure("ended with exit code " + child.exitCode());
      }
    }
    throw failure("did not come up");
  }

  /**
   * @throws IOException where it has ended; tells the end of its log
   */
  void requireAlive() throws IOException {
    if (child.hasEnded()) {
      throw failure("ended with exit code " + child.exitCode());
    }
  }

  @Override
  public void close() throws IOException {
    child.close();
  }

  /** It chooses a free port itself, without a race, and tells it only in its log. */
  private Optional<String> address() throws IOException {
    Matcher matcher = LISTENING.matcher(Files.readString(child.log()));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static boolean answers(String url) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(HTTP_TIMEOUT_MILLISECONDS);
      connection.setReadTimeout(HTTP_TIMEOUT_MILLISECONDS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private IOException failure(String what) throws IOException {
    return new IOException(
        "the embedded schema registry %s; the end of its log %s:%n%s"
            .formatted(what, child.log(), child.logTail()));
  }

  private static List<String> command(Path jar, int port) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + port,
        "-Dquarkus.management.host=127.0.0.1",
        "-Dquarkus.management.port=0",
        "-Dquarkus.banner.enabled=false",
        "-Dquarkus.log.category.\"io.quarkus\".level=INFO",
        "-Dapicurio.storage.kind=sql",
        "-Dapicurio.storage.sql.kind=h2",
        // Beside its log, by a name that means nothing in a URL or to the registry's settings.
        "-Dapicurio.datasource.url=jdbc:h2:file:./registry",
        "-Dfile.encoding=UTF-8",
        "-Duser.language=en",
        "-Duser.timezone=UTC",
        "-jar",
        jar.toString());
  }
}

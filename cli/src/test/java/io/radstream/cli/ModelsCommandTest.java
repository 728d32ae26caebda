package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.radstream.cli.models.ModelTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsCommandTest {

  @TempDir private Path folder;

  @Test
  void shouldSayWhereNoServiceAnswers() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    Invocation invocation = Invocation.of("models", "list", "--url=http://127.0.0.1:" + closed);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).startsWith("radstream: no service answers at http://127.0.0.1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "ftp://127.0.0.1", "http:///v1"})
  void shouldRefuseWhatIsNoAddress(String url) {
    Invocation invocation = Invocation.of("models", "list", "--url=" + url);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).startsWith("--url: " + url + " is no address of a service");
  }

  @Test
  void shouldSayThatSomethingElseAnswers() throws Exception {
    try (Recorder other = new Recorder(200, "<html>")) {
      Invocation invocation = Invocation.of("models", "list", "--url=" + other.url());

      assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
      assertThat(invocation.err()).contains("does not answer as a scoring service does");
    }
  }

  @Test
  void shouldSayThatAServiceDoesNotSpeakTls() throws Exception {
    try (ServerSocket clear = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      answerEach(clear, "HTTP/1.1 400 Bad Request\r\n\r\n");
      String url = "https://127.0.0.1:" + clear.getLocalPort();

      Invocation invocation = Invocation.of("models", "list", "--url=" + url);

      assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
      assertThat(invocation.err())
          .startsWith("radstream: " + url)
          .contains("Does it speak TLS")
          .hasLineCount(1);
    }
  }

  @Test
  void shouldSayThatAServiceMaySpeakTls() throws Exception {
    try (ServerSocket closing = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      answerEach(closing, "");

      Invocation invocation =
          Invocation.of("models", "list", "--url=http://127.0.0.1:" + closing.getLocalPort());

      assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
      assertThat(invocation.err()).contains("where it speaks TLS, --url has https://");
    }
  }

  /** Until the server is closed: reads something, answers, and closes the connection. */
  private static void answerEach(ServerSocket server, String answer) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                  connection.getInputStream().read();
                  connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // The client went, or the test is over.
                }
              }
            },
            "answering");
    thread.start();
  }

  @Test
  void shouldSendWhatItIsTold() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "secret\n");
    try (Recorder service = new Recorder(202, "{\"outcome\":\"loading\",\"live\":\"a-1\"}")) {
      Invocation invocation =
          Invocation.of(
              "models",
              "canary",
              "a line-2",
              "--share=0.25",
              "--reason=try it",
              "--key-file=" + key,
              "--url=" + service.url());

      assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
      assertThat(invocation.out())
          .startsWith("The checkpoint is being loaded; it is done then. Live until then: a-1\n");
      assertThat(service.seen.get())
          .startsWith("POST /v1/models/a%20line-2/canary Bearer secret ")
          .contains("\"share\":0.25", "\"reason\":\"try it\"");
    }
  }

  @Test
  void shouldWantAShareOfACanary() {
    Invocation invocation = Invocation.of("models", "canary", "a-1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--share");
  }

  @Test
  void shouldNotLetAReasonMoveTheCursor() throws Exception {
    String answer =
        """
        {"service":"s","live":"a-1","models":[{"id":"a-1","step":1,"state":"live",
         "verdict":{"name":"promote","reason":"good\\u001b[2J\\nnews","by":"x"},"metrics":{}}]}
        """;
    StringWriter out = new StringWriter();

    ModelTable.print(new ObjectMapper().readTree(answer), new PrintWriter(out));

    assertThat(out.toString()).contains("good [2J news (x)").doesNotContain("\u001b");
    assertThat(out.toString().lines()).hasSize(3);
  }

  @Test
  void shouldKeepItsColumnsBelowEachOtherBesideALongId() throws Exception {
    String answer =
        """
        {"service":"s","live":"a-1","models":[
         {"id":"a-1","step":1,"state":"live","metrics":{}},
         {"id":"a-line-of-a-very-long-name-000000200","step":200,"state":"held","metrics":{}}]}
        """;
    StringWriter out = new StringWriter();

    ModelTable.print(new ObjectMapper().readTree(answer), new PrintWriter(out));

    List<String> lines = out.toString().lines().toList();
    int states = lines.get(1).indexOf("STATE");
    assertThat(lines.get(2).substring(states)).startsWith("live");
    assertThat(lines.get(3).substring(states)).startsWith("held");
  }

  @Test
  void shouldSayWhyACheckpointIsHeld() throws Exception {
    String answer =
        """
        {"service":"s","live":"a-1","models":[{"id":"a-2","step":2,"state":"trial",
         "role":"candidate","metrics":{},"verdict":{"name":"hold","reason":"it is\\u001bworse",
         "by":"gate 12 at 0.95","time":"2026-11-28T10:00:00Z","comparedWith":"a-1",
         "figures":{"panel.studies":40.0,"auc.effusion":0.7,"lag":3.0},
         "panel":{"studies":40,"findings":[
          {"finding":"effusion","outcome":"worse","present":20,"absent":20,
           "candidate":{"auc":0.7,"interval":{"low":0.6,"high":0.8},"calibrationError":0.1},
           "live":{"auc":0.9,"interval":{"low":0.85,"high":0.95}},
           "difference":{"low":-0.3,"high":-0.1},"moved":0.25},
          {"finding":"nodule","outcome":"not_judged","present":1,"absent":39}]}}}]}
        """;
    try (Recorder service = new Recorder(200, answer)) {
      Invocation invocation = Invocation.of("models", "why", "a-2", "--url=" + service.url());

      assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
      assertThat(
              invocation.out().lines().map(String::strip).map(line -> line.replaceAll(" +", " ")))
          .containsExactly(
              "a-2: candidate",
              "it is worse",
              "Verdict: hold by gate 12 at 0.95 at 2026-11-28T10:00:00Z, beside a-1",
              "Panel (studies: 40):",
              "FINDING OUTCOME AUC LIVE DIFFERENCE ECE, LIVE MOVED WITH/OUT",
              "effusion worse 0.700 (0.600 to 0.800) 0.900 (0.850 to 0.950) -0.300 to -0.100"
                  + " 0.100 - 0.250 20/20",
              "nodule not judged - - - - - - 1/39",
              "lag: 3.0");
    }
  }

  @Test
  void shouldSayThatACheckpointIsNotKnown() throws Exception {
    try (Recorder service = new Recorder(200, "{\"models\":[{\"id\":\"a-1\"}]}")) {
      Invocation invocation = Invocation.of("models", "why", "a-2", "--url=" + service.url());

      assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
      assertThat(invocation.err()).startsWith("radstream: the service knows no checkpoint");
    }
  }

  @Test
  void shouldSayHowToShowAKey() throws Exception {
    try (Recorder service = new Recorder(401, "{\"detail\": \"who asks has to show a key\"}")) {
      Invocation invocation = Invocation.of("models", "list", "--url=" + service.url());

      assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
      assertThat(invocation.err())
          .startsWith("radstream: who asks has to show a key (--key-file, or RADSTREAM_KEY)");
    }
  }

  @Test
  void shouldRefuseAKeyFileThatIsNotThere() {
    Path missing = folder.resolve("operator.key");

    Invocation invocation = Invocation.of("models", "rollback", "--key-file=" + missing);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).startsWith("radstream: --key-file: no such file: " + missing);
  }

  @Test
  void shouldListTheSubcommandsWhereNoneIsGiven() {
    Invocation invocation = Invocation.of("models");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("rollback", "promote", "unpin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--policy=gold", "--policy=canary --canary-share=0", "--service= "})
  void shouldRefuseAPolicyThatIsNone(String options) {
    String[] arguments =
        ("serve --bootstrap=127.0.0.1:1 --registry=http://127.0.0.1:1 " + options).split(" (?=-)");

    Invocation invocation = Invocation.of(arguments);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
  }

  /** Says one thing to everyone, and keeps what it was sent. */
  private static final class Recorder implements AutoCloseable {

    private final AtomicReference<String> seen = new AtomicReference<>();
    private final HttpServer server;

    private Recorder(int status, String answer) throws Exception {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      server.createContext(
          "/",
          exchange -> {
            seen.set(
                "%s %s %s %s"
                    .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(
                            exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    private String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}

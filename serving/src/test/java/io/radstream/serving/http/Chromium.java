package io.radstream.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An installed Chromium without a window, by the DevTools protocol. */
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final String TOLD = "DevTools listening on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();

  private Chromium(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Inbox()).join();
  }

  /** What {@code CHROME} names, or else what is on the path. */
  static Optional<Path> installed() {
    Optional<Path> named = Optional.ofNullable(System.getenv("CHROME")).map(Path::of);
    return named.isPresent()
        ? named
        : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
  }

  /**
   * @param profile an empty folder
   */
  static Chromium start(Path program, Path profile) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless=new",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "--no-first-run",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update"));
    if (System.getProperty("user.name").equals("root")) {
      // Its sandbox refuses to run so; it opens nothing here but the page under test.
      command.add("--no-sandbox");
    }
    command.add("about:blank");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new Chromium(process, address(process));
  }

  private static URI address(Process process) throws IOException {
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.startsWith(TOLD)) {
        Thread rest = new Thread(() -> log.lines().forEach(more -> {}), "chromium-log");
        rest.setDaemon(true);
        rest.start();
        return URI.create(line.substring(TOLD.length()));
      }
    }
    throw new IOException("Chromium ended before it could be talked to");
  }

  /** Opens a page in a tab of its own, in a session that keeps nothing of others. */
  Tab open(String url, int width, int height) {
    String context =
        call("", "Target.createBrowserContext", Map.of()).get("browserContextId").asText();
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
            .get("targetId")
            .asText();
    String session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    Tab tab = new Tab(session);
    List.of("Page.enable", "Runtime.enable", "Log.enable", "DOM.enable")
        .forEach(method -> tab.call(method, Map.of()));
    tab.resize(width, height);
    tab.call("Page.navigate", Map.of("url", url));
    return tab;
  }

  /** Errors that scripts threw, and what the browser complained of, in all tabs. */
  List<String> problems() {
    return problems;
  }

  private JsonNode call(String session, String method, Map<String, ?> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    Map<String, Object> message =
        new java.util.HashMap<>(Map.of("id", id, "method", method, "params", parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    try {
      synchronized (this) {
        socket.sendText(JSON.writeValueAsString(message), true).join();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    JsonNode answered = interruptibly(answer);
    if (answered.has("error")) {
      throw new AssertionError(method + ": " + answered.at("/error/message").asText());
    }
    return answered.get("result");
  }

  /** A test that takes too long is interrupted. */
  private static JsonNode interruptibly(CompletableFuture<JsonNode> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    call("", "Browser.close", Map.of());
    process.onExit().join();
  }

  /** An open page. */
  final class Tab {

    private final String session;

    private Tab(String session) {
      this.session = session;
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
      return Chromium.this.call(session, method, parameters);
    }

    void resize(int width, int height) {
      call(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What an expression gives; waits for a promise. */
    JsonNode evaluate(String expression) {
      JsonNode answer =
          call(
              "Runtime.evaluate",
              Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
      if (answer.has("exceptionDetails")) {
        throw new AssertionError(answer.get("exceptionDetails").toString());
      }
      return answer.at("/result/value");
    }

    /** Waits until an expression is true; a page that is just being loaded has none yet. */
    void await(String condition) {
      String look =
          """
          new Promise(done => {
            const look = () => { try { return %s; } catch { return false; } };
            const again = () => look() ? done(true) : setTimeout(again, 10);
            again();
          })
          """
              .formatted(condition);
      boolean seen = false;
      while (!seen) {
        try {
          seen = evaluate(look).asBoolean();
        } catch (AssertionError e) {
          // It looked at a page that is gone by now.
          if (!String.valueOf(e.getMessage()).contains("context")
              && !String.valueOf(e.getMessage()).contains("navigated")) {
            throw e;
          }
        }
      }
    }

    String text(String selector) {
      return evaluate("document.querySelector('%s').innerText".formatted(selector)).asText();
    }

    void click(String selector) {
      evaluate("document.querySelector('%s').click()".formatted(selector));
    }

    /** Types as a keyboard does, into what has the focus. */
    void type(String text) {
      call("Input.insertText", Map.of("text", text));
    }

    void press(String key, int code, String text) {
      Map<String, Object> event =
          Map.of("key", key, "code", key, "windowsVirtualKeyCode", code, "text", text);
      Map<String, Object> down = new java.util.HashMap<>(event);
      down.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
      call("Input.dispatchKeyEvent", down);
      call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
    }

    /** Drops a file where the middle of an element is. */
    void drop(String selector, Path file) {
      JsonNode box =
          evaluate(
              "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
                  + "(document.querySelector('%s').getBoundingClientRect())".formatted(selector));
      Map<String, Object> data =
          Map.of("items", List.of(), "files", List.of(file.toString()), "dragOperationsMask", 1);
      Stream.of("dragEnter", "dragOver", "drop")
          .forEach(
              type ->
                  call(
                      "Input.dispatchDragEvent",
                      Map.of(
                          "type",
                          type,
                          "x",
                          box.get(0).asDouble(),
                          "y",
                          box.get(1).asDouble(),
                          "data",
                          data)));
    }
  }

  private final class Inbox implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String message) {
      JsonNode read;
      try {
        read = JSON.readTree(message);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      if (read.has("id")) {
        Optional.ofNullable(pending.remove(read.get("id").asInt()))
            .ifPresent(waiting -> waiting.complete(read));
      } else if (read.path("method").asText().equals("Runtime.exceptionThrown")) {
        problems.add(read.at("/params/exceptionDetails").toString());
      } else if (isComplaint(read)) {
        problems.add(read.at("/params/entry").toString());
      }
    }

    /** That a request was answered with an error is for the page to tell. */
    private boolean isComplaint(JsonNode read) {
      return read.path("method").asText().equals("Log.entryAdded")
          && read.at("/params/entry/level").asText().equals("error")
          && !read.at("/params/entry/source").asText().equals("network");
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      pending.values().forEach(waiting -> waiting.complete(JSON.createObjectNode()));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      pending.values().forEach(waiting -> waiting.completeExceptionally(failure));
    }
  }
}

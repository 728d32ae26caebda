package io.radstream.serving.http;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** An installed Chromium without a window, steered by its DevTools. */
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final String TOLD = "DevTools listening on ";

  private final Path program;
  private final Duration patience;
  private final List<String> contexts = new CopyOnWriteArrayList<>();
  private Process process;
  private DevTools tools;

  /**
   * @param patience with which an answer of the browser is waited for
   */
  Chromium(Path program, Duration patience) throws IOException {
    this.program = program;
    this.patience = patience;
    start();
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

  private void start() throws IOException {
    // Left behind, as Chromium goes on writing for a moment when it has ended.
    Path profile = Files.createTempDirectory("chromium");
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
            "--disable-component-update",
            // Else experiments are drawn for each start, and pages out of sight are put aside.
            "--disable-field-trial-config",
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
            "--disable-background-timer-throttling",
            "--disable-ipc-flooding-protection",
            "--disable-hang-monitor",
            "--disable-extensions",
            "--disable-default-apps",
            "--disable-breakpad",
            "--enable-automation"));
    if (System.getProperty("user.name").equals("root")) {
      // Its sandbox refuses to run so; it opens nothing here but the page under test.
      command.add("--no-sandbox");
    }
    command.add("about:blank");
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    tools = new DevTools(address(process), patience);
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
  ChromiumTab open(String url, int width, int height) {
    String context =
        tools.call("", "Target.createBrowserContext", Map.of()).get("browserContextId").asText();
    contexts.add(context);
    String target =
        tools
            .call(
                "",
                "Target.createTarget",
                Map.of("url", "about:blank", "browserContextId", context))
            .get("targetId")
            .asText();
    String session =
        tools
            .call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    ChromiumTab tab = new ChromiumTab(tools, session);
    List.of("Page.enable", "Runtime.enable", "Log.enable", "DOM.enable")
        .forEach(method -> tab.call(method, Map.of()));
    tab.resize(width, height);
    tab.call("Page.navigate", Map.of("url", url));
    return tab;
  }

  /**
   * Closes every tab, and forgets what their sessions kept. Once in some hundred times Chromium
   * never comes to the end of that; then there is another one behind it.
   */
  void closeTabs() throws IOException {
    try {
      contexts.forEach(
          context ->
              tools.call("", "Target.disposeBrowserContext", Map.of("browserContextId", context)));
    } catch (SilentBrowserException e) {
      end();
      start();
    }
    contexts.clear();
  }

  /** Of the browser. */
  long pid() {
    return process.pid();
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    try {
      tools.call("", "Browser.close", Map.of());
      process.onExit().join();
    } catch (SilentBrowserException e) {
      end();
    }
  }
}

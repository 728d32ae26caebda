package io.radstream.serving.http;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/** The page of a running service, in a small stand-in for a browser. */
final class PageScripts implements AutoCloseable {

  private static final String MODULE = "application/javascript+module";

  private final RunningApi running;
  private final Path folder;
  private final Context context;

  /**
   * @param folder empty, for the scripts as they are served
   */
  PageScripts(RunningApi running, Path folder) {
    this.running = running;
    this.folder = folder;
    this.context =
        Context.newBuilder("js")
            .allowHostAccess(
                HostAccess.newBuilder(HostAccess.EXPLICIT).allowArrayAccess(true).build())
            .allowIO(IOAccess.ALL)
            .allowExperimentalOptions(true)
            .option("js.unhandled-rejections", "throw")
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    context.getBindings("js").putMember("service", new Service());
    context.eval("js", PageFiles.read("/io/radstream/serving/http/browser.js").toString());
  }

  /** What the stand-in asks the service for. */
  public final class Service {

    @HostAccess.Export
    public String page() {
      return running.get("/").body();
    }

    /** Status and body; of the events the first two, as those of a page that just opened. */
    @HostAccess.Export
    public Object[] answer(String method, String path, String authorization, String body) {
      if (path.equals(TrainingEndpoints.EVENTS) && authorization.isEmpty()) {
        return firstEvents();
      }
      java.net.http.HttpRequest.Builder request = running.request(path);
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      if (method.equals(HttpMethod.POST.name())) {
        request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
      }
      HttpResponse<String> answer = running.send(request.build());
      return new Object[] {answer.statusCode(), answer.body()};
    }

    private Object[] firstEvents() {
      try (Stream<String> lines = running.events()) {
        return new Object[] {200, lines.limit(6).collect(Collectors.joining("\n")) + "\n\n"};
      }
    }
  }

  /** Loads a script of the page, with all that it imports, as it is served. */
  void load(String name) {
    try {
      for (String script : PageFiles.SCRIPTS) {
        // There is no web to resolve an absolute path on.
        String text = served(script).replace("from '/assets/", "from './");
        Files.writeString(folder.resolve(script), text);
      }
      context.eval(Source.newBuilder("js", folder.resolve(name).toFile()).mimeType(MODULE).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String served(String script) {
    return running.get("/assets/" + script).body();
  }

  /** Of an element of the page. */
  String text(String id) {
    return context.eval("js", "document.getElementById('%s').textContent".formatted(id)).asString();
  }

  boolean isHidden(String id) {
    return context.eval("js", "document.getElementById('%s').hidden".formatted(id)).asBoolean();
  }

  Value run(String script) {
    return context.eval("js", script);
  }

  /** Presses the button that has this name for its key. */
  void press(String key) {
    run(
        "document.querySelectorAll('[data-key]').find(b => b.dataset.key === '%s').click()"
            .formatted(key));
  }

  /** Requests so far, as {@code GET /v1/models}. */
  List<String> asked() {
    return list("asked");
  }

  /** What the listeners of events threw. */
  List<String> thrown() {
    return list("thrown.map(failure => failure.stack ?? String(failure))");
  }

  private List<String> list(String expression) {
    Value array = run(expression);
    return Stream.iterate(0L, i -> i < array.getArraySize(), i -> i + 1)
        .map(i -> array.getArrayElement(i).asString())
        .toList();
  }

  @Override
  public void close() {
    context.close(true);
  }
}

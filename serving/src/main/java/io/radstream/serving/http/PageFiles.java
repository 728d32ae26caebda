package io.radstream.serving.http;

import io.radstream.serving.access.Access;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The page, its style and script, and the chart library out of its webjar, held in memory. */
final class PageFiles implements EndpointGroup {

  private static final String UPLOT = "org.webjars.npm/uplot";
  private static final String INDEX = "index.html";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** Modules, so that no name of one can be taken by another. */
  static final List<String> SCRIPTS =
      List.of(
          "access.js",
          "chart.js",
          "compare.js",
          "decide.js",
          "deep.js",
          "elements.js",
          "explain.js",
          "findings.js",
          "gestures.js",
          "heat.js",
          "language.js",
          "lineage.js",
          "listed.js",
          "models.js",
          "neighbours.js",
          "page.js",
          "picture.js",
          "problem.js",
          "report.js",
          "stream.js",
          "strings.js",
          "study.js",
          "training.js",
          "verdict.js",
          "viewer.js",
          "viewport.js",
          "why.js",
          "windowing.js",
          "worklist.js");

  private record File(String mediaType, Buffer content) {}

  private final Map<String, File> files = new HashMap<>();

  PageFiles() {
    own(INDEX, "text/html; charset=utf-8");
    own("page.css", STYLE);
    own("viewer.css", STYLE);
    own("reading.css", STYLE);
    SCRIPTS.forEach(name -> own(name, SCRIPT));
    own("favicon.svg", "image/svg+xml");
    uplot("uPlot.iife.min.js", SCRIPT);
    uplot("uPlot.min.css", STYLE);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/", context -> send(context, INDEX)).needing(Access.PUBLIC),
        Endpoint.get("/assets/{file}", context -> send(context, context.pathParam("file")))
            .needing(Access.PUBLIC));
  }

  private void send(RoutingContext context, String name) {
    File file = files.get(name);
    if (file == null) {
      context.fail(404);
      return;
    }
    context
        .response()
        .putHeader("Content-Type", file.mediaType)
        .putHeader("Cache-Control", "no-cache")
        .end(file.content);
  }

  private void own(String name, String mediaType) {
    files.put(name, new File(mediaType, read("/io/radstream/serving/http/page/" + name)));
  }

  private void uplot(String name, String mediaType) {
    String path = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/" + name;
    files.put(name, new File(mediaType, read(path)));
  }

  private static String uplotVersion() {
    try (InputStream in =
        PageFiles.class.getResourceAsStream("/META-INF/maven/" + UPLOT + "/pom.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Buffer read(String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

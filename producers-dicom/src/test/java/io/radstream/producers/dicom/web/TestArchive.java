package io.radstream.producers.dicom.web;

import io.radstream.radiology.Sha256;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Speaks QIDO-RS, WADO-RS and an Orthanc's list of changes, and misbehaves when told to. */
final class TestArchive implements AutoCloseable {

  private static final String BOUNDARY = "=_the(border)";

  private record Instead(String path, Handler<HttpServerRequest> handler) {}

  private record Change(String type, String id) {}

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final String scheme;
  private final Map<String, TestObject> objects = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Instead> instead = new ArrayList<>();
  private final List<HttpServerRequest> requests = new ArrayList<>();

  TestArchive() throws Exception {
    this(new HttpServerOptions());
  }

  TestArchive(HttpServerOptions options) throws Exception {
    this.scheme = options.isSsl() ? "https" : "http";
    this.server =
        vertx
            .createHttpServer(options)
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  URI orthanc() {
    return URI.create(scheme + "://127.0.0.1:" + server.actualPort());
  }

  URI root() {
    return URI.create(orthanc() + "/dicom-web");
  }

  synchronized void put(TestObject object) {
    objects.put(object.instance(), object);
    changes.add(new Change("NewInstance", id(object.instance())));
    changes.add(new Change("StableStudy", id(object.study())));
  }

  synchronized void remove(TestObject object) {
    objects.remove(object.instance());
  }

  /** An Orthanc that was set up anew. */
  synchronized void forgetChanges() {
    changes.clear();
  }

  /** The next request whose address holds this text is answered so. */
  synchronized void instead(String path, Handler<HttpServerRequest> handler) {
    instead(path, 1, handler);
  }

  synchronized void instead(String path, int times, Handler<HttpServerRequest> handler) {
    for (int i = 0; i < times; i++) {
      instead.add(new Instead(path, handler));
    }
  }

  /** How many requests there were whose address holds this text. */
  synchronized long asked(String path) {
    return requests.stream().filter(request -> request.uri().contains(path)).count();
  }

  synchronized List<String> headers(String name) {
    return requests.stream().map(request -> String.valueOf(request.getHeader(name))).toList();
  }

  synchronized void forgetRequests() {
    requests.clear();
  }

  private synchronized void handle(HttpServerRequest request) {
    requests.add(request);
    for (Instead each : instead) {
      if (request.uri().contains(each.path())) {
        instead.remove(each);
        each.handler().handle(request);
        return;
      }
    }
    List<String> steps = List.of(request.path().substring(1).split("/", -1));
    if (steps.get(0).equals("dicom-web")) {
      dicomWeb(request, steps.subList(1, steps.size()));
    } else {
      orthanc(request, steps);
    }
  }

  private void dicomWeb(HttpServerRequest request, List<String> steps) {
    switch (steps.size()) {
      case 1 -> list(request, studies(request));
      case 3 -> list(request, distinct(of(1, steps.get(1)), TestObject::series));
      case 5 -> list(request, of(2, steps.get(3)));
      default -> retrieve(request.response(), steps.get(5));
    }
  }

  private List<TestObject> studies(HttpServerRequest request) {
    List<String> range = List.of(request.getParam("StudyDate").split("-", -1));
    String modality = request.getParam("ModalitiesInStudy");
    return distinct(
        objects.values().stream()
            .filter(it -> it.date().compareTo(range.get(0)) >= 0)
            .filter(it -> it.date().compareTo(range.get(1)) <= 0)
            .filter(it -> of(1, it.study()).stream().anyMatch(i -> i.modality().equals(modality)))
            .toList(),
        TestObject::study);
  }

  private List<TestObject> of(int level, String uid) {
    return objects.values().stream()
        .filter(it -> (level == 1 ? it.study() : it.series()).equals(uid))
        .toList();
  }

  private static List<TestObject> distinct(List<TestObject> all, Function<TestObject, String> key) {
    Map<String, TestObject> first = new LinkedHashMap<>();
    all.forEach(it -> first.putIfAbsent(key.apply(it), it));
    return List.copyOf(first.values());
  }

  private void list(HttpServerRequest request, List<TestObject> found) {
    int offset = Integer.parseInt(request.getParam("offset"));
    int limit = Integer.parseInt(request.getParam("limit"));
    JsonArray page = new JsonArray();
    found.stream().skip(offset).limit(limit).forEach(it -> page.add(entry(it)));
    if (page.isEmpty()) {
      request.response().setStatusCode(204).end();
    } else {
      json(request.response(), "application/dicom+json", page.encode());
    }
  }

  private JsonObject entry(TestObject object) {
    List<TestObject> siblings = of(1, object.study());
    Set<String> modalities =
        siblings.stream().map(TestObject::modality).collect(Collectors.toSet());
    return new JsonObject()
        .put("00080018", value(object.instance()))
        .put("00080050", value(object.accession()))
        .put("00080060", value(object.modality()))
        .put("00080061", value(modalities.toArray()))
        .put(
            "00100010",
            new JsonObject()
                .put("Value", new JsonArray().add(new JsonObject().put("Alphabetic", "DOE^JANE"))))
        .put("00100020", value(object.patient()))
        .put("0020000D", value(object.study()))
        .put("0020000E", value(object.series()))
        .put("00201208", value(siblings.size()));
  }

  private static JsonObject value(Object... values) {
    return new JsonObject().put("vr", "LO").put("Value", new JsonArray(List.of(values)));
  }

  private void retrieve(HttpServerResponse response, String instance) {
    TestObject object = objects.get(instance);
    if (object == null) {
      response.setStatusCode(404).end();
      return;
    }
    multipart(response, object.file());
  }

  static void multipart(HttpServerResponse response, byte[] object) {
    response
        .putHeader("Content-Type", contentType())
        .end(
            Buffer.buffer(head()).appendBytes(object).appendString("\r\n--" + BOUNDARY + "--\r\n"));
  }

  static String contentType() {
    return "multipart/related; type=\"application/dicom\"; boundary=\"" + BOUNDARY + "\"";
  }

  /** What stands before the object in a multipart answer. */
  static String head() {
    return "--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n";
  }

  private void orthanc(HttpServerRequest request, List<String> steps) {
    if (steps.get(0).equals("changes")) {
      changes(request);
      return;
    }
    TestObject found =
        objects.values().stream()
            .filter(it -> id(key(steps.get(0), it)).equals(steps.get(1)))
            .findFirst()
            .orElse(null);
    if (found == null) {
      request.response().setStatusCode(404).end();
      return;
    }
    JsonObject tags =
        new JsonObject()
            .put("SOPInstanceUID", found.instance())
            .put("SeriesInstanceUID", found.series())
            .put("Modality", found.modality())
            .put("StudyInstanceUID", found.study())
            .put("StudyDate", found.date());
    JsonObject resource =
        new JsonObject()
            .put("MainDicomTags", tags)
            .put("ParentSeries", id(found.series()))
            .put("ParentStudy", id(found.study()));
    json(request.response(), "application/json", resource.encode());
  }

  private static String key(String level, TestObject object) {
    return switch (level) {
      case "instances" -> object.instance();
      case "series" -> object.series();
      default -> object.study();
    };
  }

  private void changes(HttpServerRequest request) {
    int since = Math.min(Integer.parseInt(request.getParam("since")), changes.size());
    int end = Math.min(since + Integer.parseInt(request.getParam("limit")), changes.size());
    JsonArray page = new JsonArray();
    for (int i = since; i < end; i++) {
      page.add(
          new JsonObject()
              .put("ChangeType", changes.get(i).type())
              .put("ID", changes.get(i).id())
              .put("Seq", i + 1));
    }
    json(
        request.response(),
        "application/json",
        new JsonObject()
            .put("Changes", page)
            .put("Last", end)
            .put("Done", end == changes.size())
            .encode());
  }

  private static String id(String uid) {
    String hash = Sha256.of(uid);
    return String.join(
        "-",
        hash.substring(0, 8),
        hash.substring(8, 16),
        hash.substring(16, 24),
        hash.substring(24, 32),
        hash.substring(32, 40));
  }

  static void json(HttpServerResponse response, String type, String text) {
    response.putHeader("Content-Type", type).end(text);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}

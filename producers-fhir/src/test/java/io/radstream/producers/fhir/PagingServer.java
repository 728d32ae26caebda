package io.radstream.producers.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A server on this machine that pages as those with a database do: a search is answered from what
 * was there when it began, by links that say nothing and that it may forget; by the millisecond;
 * what reports refer to is included.
 */
final class PagingServer implements AutoCloseable {

  record Stored(String type, String id, Instant changed, String json) {}

  /** One that is given instead of what was asked for. */
  record Answer(int status, String body, Map<String, String> headers) {}

  private final HttpServer http;
  private final Map<String, Stored> resources = new LinkedHashMap<>();
  private final Map<String, List<Stored>> searches = new HashMap<>();
  private final Map<String, Answer> instead = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Map<String, List<String>>> headers = new ArrayList<>();
  private int begun;
  private int pagesUntilForgotten = Integer.MAX_VALUE;

  PagingServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.setExecutor(Executors.newCachedThreadPool());
    http.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/fhir");
  }

  /**
   * @param fields of the resource, but for its type and id
   */
  synchronized PagingServer put(
      String type, String id, int version, String changed, String fields) {
    String json =
        "{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%d\",\"lastUpdated\":\"%s\"}%s}"
            .formatted(type, id, version, changed, fields.isEmpty() ? "" : "," + fields);
    resources.put(type + "/" + id, new Stored(type, id, Instant.parse(changed), json));
    return this;
  }

  /** A final report of patient p1. */
  PagingServer report(String id, String changed) {
    return report(id, 1, changed, "");
  }

  PagingServer report(String id, int version, String changed, String more) {
    return put(
        "DiagnosticReport",
        id,
        version,
        changed,
        """
        "status":"final","subject":{"reference":"Patient/p1"},
        "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"ACC-%s"}]%s"""
            .formatted(id, more.isEmpty() ? ",\"conclusion\":\"Clear lungs.\"" : "," + more));
  }

  PagingServer patient() {
    String changed = "2020-01-01T00:00:00Z";
    return put("Patient", "p1", 1, changed, "\"identifier\":[{\"value\":\"MRN0042\"}]");
  }

  /**
   * From now on.
   *
   * @param start of a path with its query, below the base
   */
  synchronized PagingServer instead(String start, int status, String body, String... headers) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    instead.put(start, new Answer(status, body, all));
    return this;
  }

  synchronized PagingServer asUsual() {
    instead.clear();
    return this;
  }

  /** Searches that were begun are forgotten after so many further pages. */
  synchronized PagingServer forgetAfter(int pages) {
    pagesUntilForgotten = pages;
    return this;
  }

  /** Paths with queries, below the base. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  synchronized PagingServer forgetAsked() {
    asked.clear();
    headers.clear();
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    Answer answer = answer(target, new HashMap<>(exchange.getRequestHeaders()));
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private synchronized Answer answer(String target, Map<String, List<String>> sent) {
    String path = target.replaceFirst("^/fhir/?", "");
    asked.add(path);
    headers.add(sent);
    for (Map.Entry<String, Answer> each : instead.entrySet()) {
      if (path.startsWith(each.getKey())) {
        return each.getValue();
      }
    }
    Map<String, String> query = query(path);
    if (query.containsKey("_getpages")) {
      return further(query);
    }
    Stored exactly = resources.get(path);
    if (exactly != null) {
      return found(exactly.json());
    }
    String type = path.replaceFirst("\\?.*", "");
    return type.contains("/") ? new Answer(404, "{}", Map.of()) : search(type, query);
  }

  private static Answer found(String json) {
    return new Answer(200, json, Map.of("Content-Type", "application/fhir+json;charset=UTF-8"));
  }

  private static Map<String, String> query(String path) {
    Map<String, String> query = new HashMap<>();
    for (String each : path.replaceFirst("^[^?]*\\??", "").split("&", -1)) {
      String[] parts = each.split("=", 2);
      query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return query;
  }

  private Answer search(String type, Map<String, String> query) {
    String since = query.getOrDefault("_lastUpdated", "ge1970-01-01T00:00:00Z").substring(2);
    String value = query.getOrDefault("identifier", "").replaceFirst("^.*(?<!\\\\)\\|", "");
    List<Stored> all =
        resources.values().stream()
            .filter(it -> it.type().equals(type))
            .filter(it -> !it.changed().isBefore(Instant.parse(since)))
            .filter(it -> value.isEmpty() || it.json().contains("\"value\":\"" + value + "\""))
            .sorted(Comparator.comparing(Stored::changed))
            .toList();
    String id = "search-" + ++begun;
    searches.put(id, all);
    return page(id, 0, Integer.parseInt(query.getOrDefault("_count", "20")));
  }

  private Answer further(Map<String, String> query) {
    if (pagesUntilForgotten-- <= 0) {
      searches.clear();
      pagesUntilForgotten = Integer.MAX_VALUE;
    }
    String id = query.get("_getpages");
    return searches.containsKey(id)
        ? page(
            id,
            Integer.parseInt(query.get("_getpagesoffset")),
            Integer.parseInt(query.get("_count")))
        : new Answer(410, "{\"resourceType\":\"OperationOutcome\"}", Map.of());
  }

  private Answer page(String id, int offset, int count) {
    List<Stored> all = searches.get(id);
    List<Stored> page = all.subList(offset, Math.min(all.size(), offset + count));
    List<String> entries = new ArrayList<>(page.stream().map(PagingServer::entry).toList());
    Stored patient = resources.get("Patient/p1");
    if (patient != null && page.stream().anyMatch(it -> it.json().contains("Patient/p1"))) {
      entries.add(entry(patient));
    }
    String next =
        offset + count >= all.size()
            ? ""
            : """
              "link":[{"relation":"next","url":"%s?_getpages=%s&_getpagesoffset=%d&_count=%d&_bundletype=searchset"}],"""
                .formatted(base(), id, offset + count, count);
    return found(
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",%s\"entry\":[%s]}"
            .formatted(next, String.join(",", entries)));
  }

  private static String entry(Stored stored) {
    return "{\"resource\":" + stored.json() + "}";
  }

  @Override
  public void close() {
    http.stop(0);
  }
}

package io.radstream.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Asks a tracking server. What goes wrong is told without what the server wrote, but its code. */
final class MlflowClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A run's newest figures and settings are some hundred KiB. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final MlflowAddress address;
  private final Duration patience;
  private final HttpClient http;

  /**
   * @param patience until the whole of an answer is there
   */
  MlflowClient(MlflowAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
    HttpClient.Builder client =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER);
    address.trusted().ifPresent(client::sslContext);
    this.http = client.build();
  }

  MlflowAddress address() {
    return address;
  }

  JsonNode get(String method, Map<String, String> query) throws IOException {
    String parameters =
        query.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return ask(method, request(URI.create(address.resolve(method) + "?" + parameters)).GET());
  }

  JsonNode post(String method, Object body) throws IOException {
    return ask(
        method,
        request(address.resolve(method))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  private HttpRequest.Builder request(URI uri) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    address.authorization().header().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode ask(String method, HttpRequest.Builder request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    HttpResponse<Void> response;
    try {
      response = wholeAnswer(method, request.build(), body);
    } catch (ExecutionException e) {
      throw new IOException(
          "the tracking server at %s cannot be reached (%s): is it running, and the address right"
              .formatted(address.base(), e.getCause().getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (response.statusCode() != OK) {
      throw refused(method, response.statusCode(), body.toByteArray());
    }
    return read(body.toByteArray());
  }

  /** A request's own timeout ends with the head of the answer; its body may never end. */
  private HttpResponse<Void> wholeAnswer(
      String method, HttpRequest request, ByteArrayOutputStream body)
      throws IOException, ExecutionException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(
            request,
            head ->
                BodySubscribers.ofByteArrayConsumer(
                    chunk -> chunk.ifPresent(bytes -> keep(body, bytes))));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "the tracking server at %s has not answered %s within %d s: the same command goes on with what it has not taken"
              .formatted(address.base(), method, patience.toSeconds()),
          e);
    } finally {
      answer.cancel(true);
    }
  }

  private static void keep(ByteArrayOutputStream body, byte[] bytes) {
    if (body.size() + bytes.length > MOST_BYTES) {
      throw new IllegalStateException("the answer is too long");
    }
    body.writeBytes(bytes);
  }

  private MlflowException refused(String method, int status, byte[] body) {
    String code = code(body);
    String advice =
        status == UNAUTHORIZED || status == FORBIDDEN ? "; name a token that may write there" : "";
    return new MlflowException(
        "the tracking server at %s refuses %s: HTTP %d %s%s"
            .formatted(address.base(), method, status, code, advice)
            .strip(),
        code);
  }

  private static String code(byte[] body) {
    try {
      String code = JSON.readTree(body).path("error_code").asText();
      return code.matches("[A-Z_]{1,64}") ? code : "";
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * @throws IOException where the answer has none: what is sent on without one would be lost
   */
  String id(JsonNode value) throws IOException {
    if (value.asText().isEmpty()) {
      throw new IOException(
          "what answers at %s is no tracking server: its answer has no id of what was asked for"
              .formatted(address.base()));
    }
    return value.asText();
  }

  private JsonNode read(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IOException(
          "what answers at %s is no tracking server: its answer is no JSON"
              .formatted(address.base()),
          e);
    }
  }
}

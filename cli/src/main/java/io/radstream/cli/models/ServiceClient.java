package io.radstream.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** A client of the scoring service's models. */
public final class ServiceClient {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The service itself answers sooner, also where it is not done. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final List<String> SCHEMES = List.of("http", "https");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI service;
  private final Optional<String> key;

  /**
   * @param key sent as a bearer token
   * @throws IllegalArgumentException where the address is none of a service
   */
  public ServiceClient(URI service, Optional<String> key) {
    if (service.getHost() == null || !SCHEMES.contains(service.getScheme())) {
      throw new IllegalArgumentException(
          service + " is no address of a service, as http://127.0.0.1:8080 is");
    }
    this.service = service;
    this.key = key;
  }

  /** The answer of {@code /v1/models}. */
  public JsonNode models() throws IOException, InterruptedException {
    return send(request("/v1/models").build());
  }

  /**
   * One of the checkpoints of {@code /v1/models}.
   *
   * @throws IOException where no checkpoint of this id is among them
   */
  public JsonNode model(String id) throws IOException, InterruptedException {
    for (JsonNode model : models().path("models")) {
      if (model.path("id").asText().equals(id)) {
        return model;
      }
    }
    throw new IOException(
        "the service knows no checkpoint of this id; 'radstream models list' shows the newest");
  }

  /**
   * @param checkpoint empty for what names none
   * @param body what to say along with it
   * @return what became of it, as the service says
   * @throws IOException with the service's own words, where it does not do it
   */
  public JsonNode decide(String verdict, Optional<String> checkpoint, Map<String, Object> body)
      throws IOException, InterruptedException {
    String path = "/v1/models/" + checkpoint.map(id -> encoded(id) + "/").orElse("") + verdict;
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build());
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path)).timeout(ANSWER);
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException | HttpTimeoutException e) {
      throw new IOException(
          "no service answers at %s; is it running there (radstream serve), or elsewhere (--url)?"
              .formatted(service),
          e);
    } catch (SSLException e) {
      throw new IOException(
          ("%s cannot be trusted (%s). Does it speak TLS, and is its authority in Java's trust store"
                  + " (docs/operations.md, TLS)?")
              .formatted(service, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new IOException(
          "%s ends the connection without an answer (%s); where it speaks TLS, --url has https://"
              .formatted(service, e.getMessage()),
          e);
    }
    JsonNode answer = parse(response.body());
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), answer);
    }
    if (!answer.isObject()) {
      throw new IOException(service + " does not answer as a scoring service does (--url)");
    }
    return answer;
  }

  private IOException refusal(int status, JsonNode answer) {
    String words =
        answer.hasNonNull("detail")
            ? answer.get("detail").asText()
            : "%s answers with status %d".formatted(service, status);
    boolean unknown = status == HttpURLConnection.HTTP_UNAUTHORIZED;
    return new IOException(unknown ? words + " (--key-file, or RADSTREAM_KEY)" : words);
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }
}

package io.radstream.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.producers.phantom.PhantomStudy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Asks the service as any client would, over HTTP. */
final class ScoreClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int OK = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI score;

  ScoreClient(URI service) {
    this.score = service.resolve("/v1/score");
  }

  /**
   * What the service makes of a study.
   *
   * @param probabilities by finding
   */
  record Answer(String checkpointId, Map<String, Double> probabilities) {}

  /**
   * @throws IOException where the service does not answer, or with anything but 200
   */
  Answer score(PhantomStudy study) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(score)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body(study))))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    JsonNode answer = json.readTree(response.body());
    if (response.statusCode() != OK) {
      throw new IOException(
          "the service answered %d: %s"
              .formatted(response.statusCode(), answer.path("detail").asText()));
    }
    Map<String, Double> probabilities = new HashMap<>();
    answer
        .path("probabilities")
        .properties()
        .forEach(entry -> probabilities.put(entry.getKey(), entry.getValue().asDouble()));
    return new Answer(answer.path("checkpoint").path("id").asText(), probabilities);
  }

  private ObjectNode body(PhantomStudy study) {
    ObjectNode body = json.createObjectNode();
    ArrayNode views = body.putArray("views");
    HeldOut.encoded(study)
        .forEach(png -> views.addObject().put("image", Base64.getEncoder().encodeToString(png)));
    return body;
  }
}

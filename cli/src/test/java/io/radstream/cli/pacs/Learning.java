package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.demo.TrainerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A trainer, and a service that follows it. */
final class Learning implements AutoCloseable {

  static final String LINE = "hospital";

  private static final int PORT = 18080;
  private static final int BATCH = 8;
  private static final int STEPS = 40;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Installed radstream;
  private final Path store;
  private final TrainerProcess service;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param store of checkpoints
   */
  Learning(Installed radstream, Path store) throws IOException {
    this.radstream = radstream;
    this.store = store;
    this.service =
        radstream.start(
            List.of("serve", "--store=" + store, "--line=" + LINE, "--port=" + PORT, "--json"));
  }

  static URI root() {
    return URI.create("http://127.0.0.1:" + PORT + "/");
  }

  /**
   * Returns when the last checkpoint is the one that answers.
   *
   * @return the trainer's summary
   */
  JsonNode train(Path tokenizer) throws Exception {
    JsonNode trained =
        Installed.summary(
            radstream.run(
                List.of(
                    "train",
                    "--tokenizer=" + tokenizer,
                    "--store=" + store,
                    "--line=" + LINE,
                    "--steps=" + STEPS,
                    "--set=batch=" + BATCH,
                    "--set=schedule.warmup=4",
                    "--set=checkpoint.every=" + STEPS / 2,
                    "--set=validation.every=" + STEPS / 2,
                    "--json")));
    String last = trained.path("checkpoint_id").asText();
    assertThat(service.reaches(() -> last.equals(live()), LOOK)).as(service.said()).isTrue();
    return trained;
  }

  private String live() {
    HttpRequest request = HttpRequest.newBuilder(root().resolve("/v1/models")).build();
    try {
      byte[] answer = http.send(request, BodyHandlers.ofByteArray()).body();
      return new ObjectMapper().readTree(answer).path("live").asText();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** In good order. */
  void end() throws Exception {
    assertThat(Installed.stop(service).path("hot_loads").asLong()).isPositive();
  }

  @Override
  public void close() {
    service.close();
  }
}

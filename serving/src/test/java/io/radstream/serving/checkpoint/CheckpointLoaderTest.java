package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.TopicNames;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.LogPosition;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointLoaderTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path directory;
  private Path store;
  private StoredCheckpoint checkpoint;
  private FakeNetwork network;

  @BeforeEach
  void write() throws IOException {
    store = Files.createDirectory(directory.resolve("store"));
    checkpoint = StoredCheckpoint.write(store, "demo", 400);
    network = new FakeNetwork();
  }

  private CheckpointLoader loader(NetworkLoader networks) {
    return new CheckpointLoader(
        store, FakeNetwork.PROMPTS, networks, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private CheckpointLoader loader() {
    return loader((config, weights) -> network);
  }

  @Test
  void shouldKnowWhatTheModelIsMadeOf() throws Exception {
    // Has Avro trust our records, as every service does.
    KafkaConnection unused =
        new KafkaConnection("unused:9092", "mock://loader", new TopicNames(""));
    RecordRef position = new RecordRef("tuples.train", 3, 17L);
    RecordRef ledger = new RecordRef("training.ledger", 2, 6L);
    CheckpointPublished announced =
        checkpoint.builder().setPositions(List.of(position)).setLedger(ledger).build();
    Announcements announcements =
        new Announcements(new LocalTopic().read("test", new SimpleMeterRegistry()));
    announcements.add(announced);

    CheckpointContent content =
        loader()
            .load(announcements.find(Announcements.ref(announced)).orElseThrow())
            .identity()
            .content();

    assertThat(content.runId()).isEqualTo("run");
    assertThat(content.files()).isEqualTo(announced.getFiles());
    assertThat(content.positions()).containsExactly(new LogPosition("tuples.train", 3, 17));
    assertThat(content.ledger()).contains(new LogPosition("training.ledger", 2, 6));
  }

  @Test
  void shouldLoadAndWarmWhatIsAsAnnounced() throws Exception {
    ScoringModel model = loader().load(checkpoint.announce());

    assertThat(model.identity().checkpointId()).isEqualTo("demo-000000400");
    assertThat(model.identity().loadedAt()).isEqualTo(NOW);
    assertThat(network.batches()).containsExactly(1);
  }

  @Test
  void shouldGiveTheNetworkItsConfigurationAndWeights() throws Exception {
    Map<String, Object> given = new HashMap<>();
    CheckpointLoader loader =
        loader(
            (config, weights) -> {
              given.put("config", config);
              given.put("weights", Files.readString(weights));
              return network;
            });

    loader.load(checkpoint.announce());

    assertThat(given).containsEntry("config", StoredCheckpoint.config());
    assertThat(given).containsEntry("weights", "weights");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "optimizer.safetensors", "state.json"})
  void shouldRefuseAFileWithAnotherHash(String file) throws Exception {
    CheckpointPublished announced = checkpoint.announce();
    checkpoint.put(file, new byte[] {1, 2, 3});

    refused(announced, "sha256 of " + file);
  }

  @Test
  void shouldRefuseAMissingFile() throws Exception {
    CheckpointPublished announced = checkpoint.announce();
    Files.delete(checkpoint.directory().resolve("state.json"));

    refused(announced, "state.json is missing");
  }

  @Test
  void shouldRefuseAFileThatWasNotAnnounced() throws Exception {
    CheckpointPublished announced = checkpoint.announce();
    checkpoint.put("model.py", new byte[] {1});

    refused(announced, "not announced");
  }

  @Test
  void shouldRefuseALinkInsteadOfAFile() throws Exception {
    CheckpointPublished announced = checkpoint.announce();
    Path file = checkpoint.directory().resolve("state.json");
    Path elsewhere = Files.move(file, directory.resolve("state.json"));
    Files.createSymbolicLink(file, elsewhere);

    refused(announced, "state.json is not a plain file");
  }

  @Test
  void shouldRefuseAnAnnouncementWithoutWeights() {
    Map<String, String> files = new HashMap<>(checkpoint.announce().getFiles());
    files.remove("model.safetensors");

    refused(checkpoint.builder().setFiles(files).build(), "does not list model.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../state.json", "/etc/passwd", "a/b", ".hidden", "", "a\\b"})
  void shouldRefuseAnIllegalFileName(String name) {
    Map<String, String> files = new HashMap<>(checkpoint.announce().getFiles());
    files.put(name, "0".repeat(64));

    refused(checkpoint.builder().setFiles(files).build(), "illegal file name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/x", "x", "file:relative", "\u0000", ""})
  void shouldRefuseAnAddressThatIsNoDirectory(String uri) {
    refused(checkpoint.builder().setUri(uri).build(), "file: URI");
  }

  @Test
  void shouldSayThatACheckpointIsInABucket() {
    refused(
        checkpoint.builder().setUri("s3://bucket/demo/000000100").build(),
        "it is in an object store; give --store the address");
  }

  @Test
  void shouldRefuseADirectoryOutsideOfTheStore() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    StoredCheckpoint other = StoredCheckpoint.write(outside, "demo", 1);
    String climbing = store.toUri() + "../outside/demo/000000001";

    refused(other.announce(), "not inside the checkpoint store");
    refused(other.builder().setUri(climbing).build(), "not inside the checkpoint store");
  }

  @Test
  void shouldRefuseALinkOutOfTheStore() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    StoredCheckpoint other = StoredCheckpoint.write(outside, "demo", 1);
    Path link = Files.createSymbolicLink(store.resolve("link"), other.directory());

    refused(
        other.builder().setUri(link.toUri().toString()).build(), "not inside the checkpoint store");
  }

  @Test
  void shouldRefuseADirectoryThatIsNotThere() {
    String gone = checkpoint.directory().resolveSibling("000000999").toUri().toString();

    refused(checkpoint.builder().setUri(gone).build(), "cannot be found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{}",
        "{\"model\":7}",
        "{\"model\":{}}",
        "{\"model\":{\"vocabulary\":-1}}",
      })
  void shouldRefuseAConfigurationThatIsNone(String config) throws Exception {
    checkpoint.put("config.json", config.getBytes(StandardCharsets.UTF_8));

    refused(checkpoint.announce(), "config.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "{}", "{\"model\":{\"vocab\":{\"[PAD]\":0}}}"})
  void shouldRefuseATokenizerThatIsNone(String tokenizer) throws Exception {
    checkpoint.put("tokenizer.json", tokenizer.getBytes(StandardCharsets.UTF_8));

    refused(checkpoint.announce(), "tokenizer.json");
  }

  @Test
  void shouldReadPromptsWithTheEncodersOwnTokenizer() throws Exception {
    checkpoint.putEncoderTokenizer();

    loader().load(checkpoint.announce());

    Path file = checkpoint.directory().resolve(StoredCheckpoint.ENCODER_FILE);
    try (ReportTokenizer encoder = ReportTokenizer.load(file)) {
      assertThat(network.read())
          .containsExactly(
              encoder.encode("bright", network.maxTokens()),
              encoder.encode("dark", network.maxTokens()));
    }
  }

  @Test
  void shouldRefuseAnotherTokenizerOfTheEncoderThanAnnounced() throws Exception {
    checkpoint.putEncoderTokenizer();
    String first = checkpoint.announce().getTokenizer().substring(0, 64);

    refused(
        checkpoint.builder().setTokenizer(first).build(),
        "tokenizer.json or encoder-tokenizer.json is not the tokenizer");
  }

  @Test
  void shouldRefuseANetworkThatCannotReadPrompts() throws Exception {
    ModelConfig whole = StoredCheckpoint.config();
    Objectives both = whole.objectives();
    checkpoint.putConfig(
        new ModelConfig(
            whole.radiograph(),
            whole.fusion(),
            whole.report(),
            whole.text(),
            new Objectives(0, 1, 0, both.temperature(), both.studyToReport(), both.languageMean()),
            List.of()));

    refused(checkpoint.announce(), "it was trained without the contrastive loss");
  }

  @Test
  void shouldRefuseAnotherTokenizerThanAnnounced() {
    refused(checkpoint.builder().setTokenizer("0".repeat(64)).build(), "not the tokenizer");
  }

  @Test
  void shouldRefuseWeightsThatTheNetworkDoesNotTake() {
    CheckpointLoader loader =
        loader(
            (config, weights) -> {
              throw new IOException("tensor vit.x is missing");
            });

    assertThatThrownBy(() -> loader.load(checkpoint.announce()))
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining("model.safetensors: tensor vit.x is missing");
  }

  @Test
  void shouldRefuseANetworkThatFailsItsTrialAndFreeIt() {
    network.failWith(new IllegalStateException("no device"));

    refused(checkpoint.announce(), "trial study failed");
    assertThat(network.closed()).isEqualTo(1);
  }

  private void refused(CheckpointPublished announced, String reason) {
    assertThatThrownBy(() -> loader().load(announced))
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining(reason);
  }
}

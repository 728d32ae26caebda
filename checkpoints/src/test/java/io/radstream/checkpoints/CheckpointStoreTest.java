package io.radstream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.radstream.checkpoints.CheckpointLine.Weights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  private static final ModelConfig MODEL = ModelPreset.TINY.config(100);
  private static final ModelCard CARD =
      new ModelCard(
          MODEL, 500, 8, List.of(new ModelCard.Range("own", "test.tuples.train", 0, 3, 17)));
  private static final byte[] TOKENIZER = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path root;
  private CheckpointStore store;

  @BeforeEach
  void open() {
    store = new CheckpointStore(root);
  }

  @Test
  void shouldHoldEverythingInTheLayoutOfTheStore() throws IOException {
    Checkpoint written = write(120, Map.of("validation_loss", 2.5));

    assertThat(written.directory()).isEqualTo(root.resolve("line").resolve("000000120"));
    assertThat(written.id()).isEqualTo("line-000000120");
    assertThat(names(written.directory()))
        .containsExactlyInAnyOrder(
            "model.safetensors",
            "optimizer.safetensors",
            "config.json",
            "tokenizer.json",
            "state.json",
            "README.md");
    assertThat(Files.readString(written.file("README.md")))
        .contains("# line-000000120", "| 0 | 3 | 17 |", "| validation_loss | 2.50000 |");
  }

  @Test
  void shouldReadBackWhatWasWritten() throws IOException {
    Checkpoint written = write(120, Map.of("validation_loss", 2.5));

    Checkpoint read = store.load("line", 120);

    assertThat(read).isEqualTo(written);
    assertThat(read.configuration()).isEqualTo(configuration());
    assertThat(read.model()).isEqualTo(MODEL);
    assertThat(read.checksums()).hasSize(6).containsAllEntriesOf(read.state().files());
    read.verify();
  }

  @Test
  void shouldLeaveNothingOfACheckpointWhoseWriterWasKilled() throws IOException {
    write(100, Map.of());
    try (CheckpointLine line = store.open("line")) {
      assertThatThrownBy(() -> write(line, 200, Map.of(), CheckpointStoreTest::killedHalfWay))
          .isInstanceOf(Killed.class);
      assertThat(names(root.resolve("line"))).contains(".writing-000000200");
      assertThat(store.list("line")).hasSize(1);
    }

    try (CheckpointLine reopened = store.open("line")) {
      assertThat(names(root.resolve("line"))).containsExactlyInAnyOrder(".lock", "000000100");
      assertThat(reopened.latest().orElseThrow().id()).isEqualTo("line-000000100");
    }
  }

  @Test
  void shouldSayThatTheDiskIsFullAndKeepWhatIsThere() throws IOException {
    write(100, Map.of());
    try (CheckpointLine line = store.open("line")) {
      Weights noSpace =
          (model, optimizer) -> {
            Files.writeString(model, "half");
            throw new IOException("No space left on device");
          };

      assertThatThrownBy(() -> write(line, 200, Map.of(), noSpace))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("000000200: No space left on device; earlier checkpoints");
      assertThat(names(root.resolve("line"))).containsExactlyInAnyOrder(".lock", "000000100");
    }
  }

  @Test
  void shouldSayThatTheStoreCannotBeWrittenTo() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "in the way");

    assertThatThrownBy(() -> new CheckpointStore(file).open("line"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write to the checkpoint store " + file);
  }

  @Test
  void shouldGiveALineToOneWriterOnly() throws IOException {
    try (CheckpointLine line = store.open("line")) {
      assertThat(line.name()).isEqualTo("line");

      assertThatThrownBy(() -> store.open("line"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another trainer is writing to the model line line");
    }

    store.open("line").close();
  }

  @Test
  void shouldNameADamagedFile() throws IOException {
    Checkpoint checkpoint = write(100, Map.of());
    Files.writeString(checkpoint.file("optimizer.safetensors"), "altered");

    assertThatThrownBy(checkpoint::verify)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("000000100 is damaged: optimizer.safetensors");
  }

  @Test
  void shouldNameADamagedState() throws IOException {
    Checkpoint checkpoint = write(100, Map.of());
    Files.writeString(checkpoint.file("state.json"), "{");

    assertThatThrownBy(() -> store.list("line"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("000000100 is damaged: state.json");
  }

  @Test
  void shouldKeepTheNewestAndTheBest() throws IOException {
    write(100, Map.of("validation_loss", 3.0));
    write(200, Map.of("validation_loss", 1.0));
    write(300, Map.of("validation_loss", 2.0));
    write(400, Map.of("validation_loss", 2.5));
    write(500, Map.of());

    try (CheckpointLine line = store.open("line")) {
      line.prune(new Retention(2, Optional.of(BestRule.LOSS), 0), Set.of());
    }

    assertThat(steps()).containsExactly(200L, 400L, 500L);
  }

  @Test
  void shouldKeepTheBestByTheHighestAuc() throws IOException {
    write(100, Map.of("validation_loss", 1.0, "validation_auc", 0.7));
    write(200, Map.of("validation_loss", 2.0, "validation_auc", 0.8));
    write(300, Map.of("validation_loss", 3.0, "validation_auc", 0.8));
    write(400, Map.of("validation_loss", 0.5));

    try (CheckpointLine line = store.open("line")) {
      line.prune(new Retention(1, Optional.of(BestRule.AUC), 0), Set.of());

      assertThat(BestRule.AUC.of(line.readable()).orElseThrow().state().step()).isEqualTo(200);
    }

    assertThat(steps()).containsExactly(200L, 400L);
  }

  @Test
  void shouldKnowNoBestWhereNoneWasValidated() throws IOException {
    write(100, Map.of("loss", 1.0));

    try (CheckpointLine line = store.open("line")) {
      assertThat(BestRule.AUC.of(line.readable())).isEmpty();
    }
  }

  @Test
  void shouldKeepTheNewestOnlyWhereAsked() throws IOException {
    write(100, Map.of("validation_loss", 1.0));
    write(200, Map.of("validation_loss", 2.0));

    try (CheckpointLine line = store.open("line")) {
      line.prune(new Retention(1, Optional.empty(), 0), Set.of());
    }

    assertThat(steps()).containsExactly(200L);
  }

  @Test
  void shouldGoOnBesideAnOldCheckpointThatCannotBeRead() throws IOException {
    Checkpoint damaged = write(100, Map.of("validation_loss", 1.0));
    write(200, Map.of("validation_loss", 2.0));
    Checkpoint newest = write(300, Map.of("validation_loss", 3.0));
    Files.writeString(damaged.file("state.json"), "null");

    try (CheckpointLine line = store.open("line")) {
      line.prune(new Retention(1, Optional.empty(), 0), Set.of());

      assertThat(line.readable()).containsExactly(newest);
      assertThat(line.latest()).contains(newest);
    }

    assertThat(names(root.resolve("line")))
        .containsExactlyInAnyOrder(".lock", "000000100", "000000300");
  }

  @Test
  void shouldNotGoOnFromBeforeADamagedNewestCheckpoint() throws IOException {
    write(100, Map.of());
    Checkpoint newest = write(200, Map.of());
    Files.writeString(newest.file("state.json"), "{");

    try (CheckpointLine line = store.open("line")) {
      assertThatThrownBy(line::latest)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("000000200 is damaged: state.json");
    }
  }

  @Test
  void shouldDeleteTheOthersWhereOneCannotBeDeleted() throws IOException {
    Checkpoint kept = write(100, Map.of());
    write(200, Map.of());
    Checkpoint newest = write(300, Map.of());

    try (CheckpointLine line = store.open("line")) {
      // Where it is moved to be deleted there is something, which no right can overcome.
      Files.createDirectories(root.resolve("line/.deleting-000000100/in the way"));
      line.prune(new Retention(1, Optional.empty(), 0), Set.of());
      line.prune(new Retention(1, Optional.empty(), 0), Set.of());

      assertThat(line.readable()).containsExactly(kept, newest);
    }
  }

  @Test
  void shouldNameAFreeLine() throws IOException {
    assertThat(store.freeLine("line")).isEqualTo("line");

    write(100, Map.of());

    assertThat(store.freeLine("line")).isEqualTo("line-2");
  }

  @Test
  void shouldFindOneCheckpointWhateverTheOthersOfItsLineAre() throws IOException {
    Checkpoint written = write(100, Map.of());
    Files.createDirectory(written.directory().resolveSibling("000000200"));

    assertThat(store.find("line", 100).map(Checkpoint::id)).contains(written.id());
    assertThat(store.find("line", 300)).isEmpty();
    assertThat(store.freeLine("line")).isEqualTo("line-2");
    assertThatThrownBy(() -> store.find("line", 200)).isInstanceOf(IOException.class);
  }

  private List<Long> steps() throws IOException {
    return store.list("line").stream().map(checkpoint -> checkpoint.state().step()).toList();
  }

  private Checkpoint write(long step, Map<String, Double> metrics) throws IOException {
    try (CheckpointLine line = store.open("line")) {
      return write(line, step, metrics, CheckpointStoreTest::whole);
    }
  }

  private static Checkpoint write(
      CheckpointLine line, long step, Map<String, Double> metrics, Weights weights)
      throws IOException {
    return line.write(
        state(step, metrics),
        configuration(),
        CARD,
        Map.of(Checkpoint.TOKENIZER, TOKENIZER),
        weights);
  }

  private static String configuration() throws IOException {
    return Checkpoint.JSON.writeValueAsString(Map.of("seed", 7, "model", MODEL));
  }

  private static void whole(Path model, Path optimizer) throws IOException {
    Files.writeString(model, "weights");
    Files.writeString(optimizer, "momentum");
  }

  /** An error, not an exception: nothing in the writer gets to tidy up, as after a kill. */
  private static void killedHalfWay(Path model, Path optimizer) throws IOException {
    Files.writeString(model, "weights");
    throw new Killed();
  }

  private static CheckpointState state(long step, Map<String, Double> metrics) {
    return new CheckpointState(
        "line",
        "run",
        step,
        0,
        7,
        "tokenizer",
        null,
        "2026-01-01T00:00:00Z",
        metrics,
        Map.of(),
        Map.of("arrangement", new IntNode(2)));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}

package io.radstream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.CheckpointLine.Weights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.ObjectStoreException;
import io.radstream.objects.TestBucket;
import io.radstream.objects.TestBucket.Bucket;
import io.radstream.radiology.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints in an object store, seen from machines that share no directory. */
@ExtendWith(TestBucket.class)
class StoredCheckpointsTest {

  private static final ModelConfig MODEL = ModelPreset.TINY.config(100);
  private static final ModelCard CARD =
      new ModelCard(MODEL, 500, 8, List.of(new ModelCard.Range("own", "tuples", 0, 3, 17)));
  private static final String FIRST = "line-000000100";

  @TempDir private Path here;
  @TempDir private Path elsewhere;
  private Bucket bucket;
  private ObjectStore objects;
  private CheckpointStore store;

  @BeforeEach
  void open(Bucket given) throws IOException {
    bucket = given;
    objects = bucket.open();
    store = new CheckpointStore(here, new StoredFiles(objects));
  }

  private CheckpointStore emptyElsewhere() {
    return new CheckpointStore(elsewhere, new StoredFiles(objects));
  }

  @Test
  void shouldGiveTheNewestToAMachineWithAnEmptyDisk() throws IOException {
    Checkpoint first = written(100, null);
    Checkpoint second = written(200, FIRST);

    try (CheckpointLine line = emptyElsewhere().open("line")) {
      Checkpoint latest = line.latest().orElseThrow();

      latest.verify();
      assertThat(latest.checksums()).isEqualTo(second.checksums());
      assertThat(latest.directory()).isEqualTo(elsewhere.resolve("line/000000200"));
      assertThat(line.readable())
          .extracting(Checkpoint::state)
          .containsExactly(first.state(), second.state());
      // A line may have many, and each is large.
      assertThat(elsewhere.resolve("line/000000100/model.safetensors")).doesNotExist();
    }
  }

  @Test
  void shouldFindAndListWithoutTheLine() throws IOException {
    Checkpoint written = written(100, null);
    CheckpointStore reader = emptyElsewhere();

    assertThat(reader.list("line")).extracting(Checkpoint::id).containsExactly(FIRST);
    assertThat(reader.find("line", 200)).isEmpty();
    Checkpoint found = reader.load("line", 100);
    found.verify();
    assertThat(found.state()).isEqualTo(written.state());
    assertThat(reader.address(found)).hasToString(bucket.address() + "/line/000000100");
    assertThat(reader.freeLine("line")).isEqualTo("line-2");
    assertThat(reader.freeLine("other")).isEqualTo("other");
  }

  @Test
  void shouldBringNoOptimizerToWhoeverScores() throws IOException {
    written(100, null);

    emptyElsewhere().files("line", 100);

    assertThat(elsewhere.resolve("line/000000100/model.safetensors")).exists();
    assertThat(elsewhere.resolve("line/000000100/optimizer.safetensors")).doesNotExist();
  }

  @Test
  void shouldShowNothingOfAnUploadThatBreaksOffAndEndItLater() throws IOException {
    try (CheckpointLine line = store.open("line")) {
      Checkpoint written = write(line, 100, null);
      StoredFiles stored = new StoredFiles(objects);

      assertThatThrownBy(() -> stored.put(written, bytes -> bucket.server().stop()))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("the store does not answer");
      bucket.server().start();
      assertThat(objects.list("line/")).hasSize(1);
      assertThat(emptyElsewhere().list("line")).isEmpty();

      line.put();

      emptyElsewhere().load("line", 100).verify();
    }
  }

  @Test
  void shouldPutWhatAKilledProcessCouldNot() throws IOException {
    written(100, null);
    try (CheckpointLine line = store.open("line")) {
      write(line, 200, FIRST);
    }
    assertThat(emptyElsewhere().find("line", 200)).isEmpty();

    try (CheckpointLine reopened = store.open("line")) {
      assertThat(reopened.latest().map(Checkpoint::id)).contains("line-000000200");
    }

    emptyElsewhere().load("line", 200).verify();
  }

  @Test
  void shouldNotDeleteWhatCannotBeReadNowAndIsNowhereElse() throws IOException {
    written(100, null);
    try (CheckpointLine line = store.open("line")) {
      write(line, 200, FIRST);
    }
    // As with a disk that fails for a while.
    Path state = here.resolve("line/000000200/state.json");
    Path away = here.resolve("state.json");
    Files.move(state, away);
    Files.createDirectory(state);

    assertThatThrownBy(() -> store.open("line"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("000000200 cannot be read, and may be nowhere else");

    Files.delete(state);
    Files.move(away, state);
    try (CheckpointLine reopened = store.open("line")) {
      assertThat(reopened.latest().map(Checkpoint::id)).contains("line-000000200");
    }
  }

  @Test
  void shouldNotPruneWhatIsNowhereElse() throws IOException {
    written(100, null);
    try (CheckpointLine line = store.open("line")) {
      write(line, 200, FIRST);
      write(line, 300, "line-000000200");
      write(line, 400, "line-000000300");

      line.prune(new Retention(1, Optional.empty(), 0), Set.of());
    }

    try (CheckpointLine reopened = store.open("line")) {
      assertThat(reopened.latest().map(Checkpoint::id)).contains("line-000000400");
    }

    assertThat(emptyElsewhere().list("line"))
        .extracting(Checkpoint::id)
        .endsWith("line-000000200", "line-000000300", "line-000000400");
  }

  @Test
  void shouldPutTheFirstOfALineThatBranchesOff() throws IOException {
    try (CheckpointLine line = store.open("line")) {
      write(line, 200, "other-000000100");
    }

    try (CheckpointLine reopened = store.open("line")) {
      assertThat(reopened.latest().map(Checkpoint::id)).contains("line-000000200");
    }

    emptyElsewhere().load("line", 200).verify();
  }

  @Test
  void shouldForgetWhatTheLineWentOnWithout() throws IOException {
    written(100, null);
    try (CheckpointLine line = store.open("line")) {
      write(line, 200, FIRST);
    }
    try (CheckpointLine line = emptyElsewhere().open("line")) {
      write(line, 150, FIRST);
      line.put();
    }

    try (CheckpointLine back = store.open("line")) {
      assertThat(back.latest().map(Checkpoint::id)).contains("line-000000150");
    }
    assertThat(here.resolve("line/000000200")).doesNotExist();
  }

  @Test
  void shouldLetOneOfTwoTrainersHaveAStep() throws IOException {
    try (CheckpointLine line = store.open("line");
        CheckpointLine other = emptyElsewhere().open("line")) {
      Checkpoint written = write(line, 100, null);
      other.write(state(100, null), configuration(), CARD, tokenizers(), weights("others"));
      line.put();

      assertThatThrownBy(other::put)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process has written checkpoint line-000000100");

      assertThat(
              new CheckpointStore(here.resolve("third"), new StoredFiles(objects))
                  .load("line", 100)
                  .checksums())
          .isEqualTo(written.checksums());
    }
  }

  @Test
  void shouldDeleteThereWhatIsNotKept() throws IOException {
    written(100, null);
    try (CheckpointLine line = store.open("line")) {
      write(line, 200, FIRST);
      line.put();

      line.prune(new Retention(1, Optional.empty(), 0), Set.of());

      assertThat(line.readable()).extracting(Checkpoint::id).containsExactly("line-000000200");
    }
    assertThat(objects.list("line/"))
        .isNotEmpty()
        .allMatch(object -> object.key().startsWith("line/000000200/"));
  }

  @Test
  void shouldKeepWhatCannotBeDeletedThere() throws IOException {
    written(100, null);
    try (CheckpointLine line = store.open("line")) {
      write(line, 200, FIRST);
      line.put();
      bucket.server().stop();

      line.prune(new Retention(1, Optional.empty(), 0), Set.of());

      bucket.server().start();
      assertThat(line.readable()).hasSize(2);
      line.prune(new Retention(1, Optional.empty(), 0), Set.of());
      assertThat(emptyElsewhere().list("line")).hasSize(1);
    }
  }

  @Test
  void shouldNameAFileThatWasChangedInTheStore() throws IOException {
    Checkpoint written = written(100, null);
    objects.replace(
        "line/000000100/%s/model.safetensors"
            .formatted(written.state().files().get("model.safetensors")),
        new byte[3]);

    assertThatThrownBy(() -> emptyElsewhere().find("line", 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("checkpoint line-000000100 in " + bucket.address() + " is damaged")
        .hasMessageContaining("model.safetensors");
    assertThat(elsewhere.resolve("line/000000100/model.safetensors")).doesNotExist();
  }

  @Test
  void shouldTakeUpALineThatWasBegunAnew() throws IOException {
    written(100, null);
    emptyElsewhere().load("line", 100);
    new StoredFiles(objects).remove(new StoredFiles.Place("line", 100));
    CheckpointStore third = new CheckpointStore(here.resolve("third"), new StoredFiles(objects));
    try (CheckpointLine line = third.open("line")) {
      line.write(state(100, null), configuration(), CARD, tokenizers(), weights("new"));
      line.put();
    }

    Checkpoint found = emptyElsewhere().load("line", 100);

    assertThat(found.file("model.safetensors")).hasContent("new");
    found.verify();
  }

  @Test
  void shouldNotLeaveTheCacheForANameInAStateFile() throws IOException {
    objects.replace(
        "line/000000100/state.json",
        Checkpoint.JSON.writeValueAsBytes(
            state(100, null).withFiles(Map.of("../../evil", "0".repeat(64)))));

    assertThatThrownBy(() -> emptyElsewhere().list("line"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void shouldTakeACalibrationAlong() throws IOException {
    Checkpoint written = written(100, null);
    byte[] vectors = "vectors".getBytes(StandardCharsets.UTF_8);
    Files.write(written.file(CalibrationFile.FAMILIAR), vectors);
    Files.writeString(
        written.file(CalibrationFile.CALIBRATION),
        "{\"familiarity\": {\"sha256\": \"%s\"}}".formatted(Sha256.of(vectors)));

    store.putCalibration(written);

    Checkpoint found = emptyElsewhere().load("line", 100);
    new StoredFiles(objects).bringCalibration(new StoredFiles.Place("line", 100), found.files());
    assertThat(found.file(CalibrationFile.CALIBRATION))
        .hasSameTextualContentAs(written.file(CalibrationFile.CALIBRATION));
    assertThat(found.file(CalibrationFile.FAMILIAR)).hasBinaryContent(vectors);
  }

  @Test
  void shouldKeepTheLastThatWereBroughtForScoringAndWhatATrainerHas() throws IOException {
    written(100, null);
    for (int step = 1; step <= 10; step++) {
      Path brought = Files.createDirectories(here.resolve("other/00000000" + step % 10));
      Path model = Files.writeString(brought.resolve("model.safetensors"), "weights");
      Files.setLastModifiedTime(model, FileTime.from(Instant.EPOCH.plusSeconds(step)));
    }

    store.limitCache();

    assertThat(here.resolve("line/000000100")).exists();
    try (Stream<Path> left = Files.list(here.resolve("other"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .hasSize(8)
          .doesNotContain("000000001", "000000002");
    }
  }

  private Checkpoint written(long step, String parent) throws IOException {
    try (CheckpointLine line = store.open("line")) {
      Checkpoint written = write(line, step, parent);
      line.put();
      return written;
    }
  }

  private static Checkpoint write(CheckpointLine line, long step, String parent)
      throws IOException {
    return line.write(
        state(step, parent), configuration(), CARD, tokenizers(), weights("weights of " + step));
  }

  private static Weights weights(String text) {
    return (model, optimizer) -> {
      Files.writeString(model, text);
      Files.writeString(optimizer, "momentum of " + text);
    };
  }

  private static Map<String, byte[]> tokenizers() {
    return Map.of(Checkpoint.TOKENIZER, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static String configuration() throws IOException {
    return Checkpoint.JSON.writeValueAsString(Map.of("seed", 7, "model", MODEL));
  }

  private static CheckpointState state(long step, String parent) {
    return new CheckpointState(
        "line",
        "run",
        step,
        0,
        7,
        "tokenizer",
        parent,
        "2026-01-01T00:00:00Z",
        Map.of(),
        Map.of(),
        Map.of());
  }
}

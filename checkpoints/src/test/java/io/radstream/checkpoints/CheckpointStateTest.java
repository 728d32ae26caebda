package io.radstream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStateTest {

  /** As trainers have written it so far, the place in the data between the other fields. */
  private static final String EARLIER =
      """
      {
        "line": "chest", "runId": "chest-1", "step": 42, "firstStep": 7, "seed": 1,
        "tokenizer": "abc", "parent": null, "time": "2026-01-01T00:00:00Z",
        "arrangement": 2,
        "ranges": [{"source": "own", "topic": "t", "range": {"partition": 0, "begin": 3, "end": 17}}],
        "studies": [], "next": [], "ledger": {"partition": 1, "offset": 42}, "ledgerEnds": [],
        "metrics": {"validation_loss": 2.5}, "files": {"model.safetensors": "00"}
      }
      """;

  @TempDir private Path directory;

  @Test
  void shouldReadWhatEarlierTrainersWrote() throws IOException {
    Files.writeString(directory.resolve("state.json"), EARLIER);

    CheckpointState state = Checkpoint.read(directory).state();

    assertThat(state.id()).isEqualTo("chest-000000042");
    assertThat(state.firstStep()).isEqualTo(7);
    assertThat(state.parent()).isNull();
    assertThat(state.metrics()).isEqualTo(Map.of("validation_loss", 2.5));
    assertThat(state.place())
        .containsOnlyKeys("arrangement", "ranges", "studies", "next", "ledger", "ledgerEnds");
    assertThat(state.place().get("ledger").get("offset").asLong()).isEqualTo(42);
  }

  @Test
  void shouldWriteThePlaceAmongTheOtherFields() throws IOException {
    Files.writeString(directory.resolve("state.json"), EARLIER);
    CheckpointState state = Checkpoint.read(directory).state();

    String written = Checkpoint.JSON.writeValueAsString(state);

    assertThat(Checkpoint.JSON.readTree(written)).isEqualTo(Checkpoint.JSON.readTree(EARLIER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"line\": 7}"})
  void shouldNameAStateThatIsNone(String content) throws IOException {
    Files.writeString(directory.resolve("state.json"), content);

    assertThatThrownBy(() -> Checkpoint.read(directory))
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessageContaining(directory + " is damaged: state.json");
  }
}

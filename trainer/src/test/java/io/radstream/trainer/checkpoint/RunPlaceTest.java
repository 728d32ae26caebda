package io.radstream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.tuples.SourceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPlaceTest {

  @TempDir private Path directory;

  private Checkpoint checkpoint(String place) throws IOException {
    Files.writeString(
        directory.resolve(Checkpoint.STATE),
        """
        {"line": "line", "runId": "run", "step": 4, "firstStep": 0, "seed": 1, "tokenizer": "t",
         "parent": null, "time": "2026-01-01T00:00:00Z", "metrics": {}, "files": {}%s}
        """
            .formatted(place));
    return Checkpoint.read(directory);
  }

  @Test
  void shouldReadTheFieldsOfOlderVersions() throws IOException {
    Checkpoint older =
        checkpoint(
            """
            , "ranges": [{"source": "own", "topic": "t",
                          "range": {"partition": 0, "begin": 3, "end": 17}}],
            "next": [{"source": "own", "epoch": 1, "position": 5, "offsets": {}}],
            "ledger": {"partition": 1, "offset": 42}
            """);

    RunPlace place = RunPlace.of(older);

    assertThat(place)
        .isEqualTo(
            new RunPlace(
                1,
                List.of(new SourceRange("own", "t", new OffsetRange(0, 3, 17))),
                List.of(),
                List.of(SourcePosition.within("own", 1, 5)),
                new LedgerPosition(1, 42),
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"ranges\": [], \"next\": []",
        ", \"ranges\": 7, \"next\": [], \"ledger\": {\"partition\": 0, \"offset\": 1}"
      })
  void shouldNameAStateWithoutAPlace(String fields) throws IOException {
    Checkpoint foreign = checkpoint(fields);

    assertThatThrownBy(() -> RunPlace.of(foreign))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory + " is damaged: state.json");
  }
}

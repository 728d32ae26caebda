package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.serving.checkpoint.StoredCheckpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /v1/models/{id}/lineage}. */
class LineageEndpointTest {

  @TempDir private Path store;

  private CheckpointPublished announced(long step, String run, String parent) {
    return StoredCheckpoint.write(store, "demo", step).announce(run, parent, step, 2 * step);
  }

  @Test
  void shouldTellRunsRangesAndWithdrawnStudiesButNoStudy() {
    try (RunningApi running = ApiSetup.in(store).start()) {
      running.kept.announce(announced(100, "first", null));
      running.kept.announce(announced(200, "second", "demo-000000100"));
      running.catalog.withdrawn(
          List.of(
              new StudyWithdrawn(
                  "pseudonym",
                  "asked for",
                  Instant.EPOCH,
                  List.of(new StudySeen("first", "demo", 60L)))),
          true);

      JsonNode lineage = json(running.get("/v1/models/demo-000000200/lineage"));

      assertThat(lineage)
          .isEqualTo(
              json(
                  """
                  {"checkpoint": "demo-000000200", "runs": [
                    {"line": "demo", "runId": "second", "checkpoint": "demo-000000200",
                     "firstStep": 100, "step": 200, "withdrawnStudies": 0, "mayRead": [
                      {"topic": "tuples.train", "partition": 0, "begin": 200, "end": 400}]},
                    {"line": "demo", "runId": "first", "checkpoint": "demo-000000100",
                     "firstStep": 0, "step": 100, "withdrawnStudies": 1,
                     "firstWithdrawnAtStep": 60, "mayRead": [
                      {"topic": "tuples.train", "partition": 0, "begin": 100, "end": 200}]}]}
                  """));
      assertThat(json(running.get("/v1/models")).findValuesAsText("parent"))
          .containsExactly("demo-000000100");
    }
  }

  @Test
  void shouldNotKnowWhatWasNeverAnnounced() {
    try (RunningApi running = ApiSetup.in(store).start()) {
      assertThat(json(running.get("/v1/models/demo-000000300/lineage")).get("code").asText())
          .isEqualTo("no_such_checkpoint");
    }
  }
}

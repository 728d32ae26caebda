package io.radstream.trainer.checkpoint;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunPreset;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.tuples.SourceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointAnnouncerTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.CHECKPOINTS);

  @TempDir private Path root;
  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 1);

  @Test
  void shouldTellWhereAndWhatTheCheckpointIs() throws Exception {
    Checkpoint checkpoint = write(root, 100, "weights");

    try (CheckpointAnnouncer announcer = new CheckpointAnnouncer(cluster, CONNECTION)) {
      announcer.announce(checkpoint, SpanContext.getInvalid());
    }

    CheckpointPublished published = published().get(0);
    assertThat(published.getCheckpointId()).isEqualTo("line-000000100");
    assertThat(published.getUri()).isEqualTo(checkpoint.directory().toUri().toString());
    assertThat(published.getFiles())
        .isEqualTo(checkpoint.checksums())
        .containsKeys("model.safetensors", "state.json");
    assertThat(published.getPositions())
        .containsExactly(new RecordRef("test.tuples.train", 0, 17L));
    assertThat(published.getBegins()).containsExactly(3L);
    assertThat(published.getMetrics()).isEqualTo(Map.of("loss", 2.0));
    assertThat(published.getTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void shouldAnnounceOnlyWhatTheTopicDoesNotKnow() throws Exception {
    Checkpoint first = write(root, 100, "weights");
    Checkpoint second = write(root, 200, "more weights");
    try (CheckpointAnnouncer announcer = new CheckpointAnnouncer(cluster, CONNECTION)) {
      announcer.announce(first, SpanContext.getInvalid());

      assertThat(announcer.announceMissing(List.of(first, second))).isEqualTo(1);
      assertThat(announcer.announceMissing(List.of(first, second))).isZero();
    }

    assertThat(published())
        .extracting(CheckpointPublished::getCheckpointId)
        .containsExactly("line-000000100", "line-000000200");
  }

  @Test
  void shouldTellALineOfTheSameNameInAnotherStoreApart() throws Exception {
    Checkpoint here = write(root.resolve("a"), 100, "weights");
    Checkpoint elsewhere = write(root.resolve("b"), 100, "other weights");
    try (CheckpointAnnouncer announcer = new CheckpointAnnouncer(cluster, CONNECTION)) {
      announcer.announce(here, SpanContext.getInvalid());

      assertThat(announcer.announceMissing(List.of(elsewhere))).isEqualTo(1);
    }
  }

  @Test
  void shouldSayThatTheBrokerRefuses() throws Exception {
    Checkpoint checkpoint = write(root, 100, "weights");
    cluster.refuseRecords(true);
    try (CheckpointAnnouncer announcer = new CheckpointAnnouncer(cluster, CONNECTION)) {
      assertThatThrownBy(() -> announcer.announce(checkpoint, SpanContext.getInvalid()))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot announce checkpoint line-000000100: the broker is away");
    }
  }

  @Test
  void shouldSayThatItCannotTellWhatWasAnnounced() throws Exception {
    Checkpoint checkpoint = write(root, 100, "weights");
    try (CheckpointAnnouncer announcer = new CheckpointAnnouncer(cluster, CONNECTION)) {
      announcer.announce(checkpoint, SpanContext.getInvalid());
      cluster.deny(TOPIC);

      assertThatThrownBy(() -> announcer.announceMissing(List.of(checkpoint)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot tell which checkpoints were announced")
          .hasMessageContaining("let it describe and read the topic");
    }
  }

  private List<CheckpointPublished> published() {
    RecordReader<CheckpointPublished> reader =
        new RecordReader<>(CheckpointPublished.class, CONNECTION);
    return cluster.values(TOPIC).stream()
        .map(value -> ((Decoded.Valid<CheckpointPublished>) reader.read(TOPIC, value)).value())
        .toList();
  }

  private static Checkpoint write(Path root, long step, String weights) throws IOException {
    List<SourceRange> ranges =
        List.of(new SourceRange("own", "test.tuples.train", new OffsetRange(0, 3, 17)));
    RunPlace place =
        new RunPlace(2, ranges, List.of(), List.of(), new LedgerPosition(1, 42), List.of());
    RunConfig config = RunPreset.TINY.config("line", 100);
    CheckpointState state =
        new CheckpointState(
            "line",
            "run",
            step,
            0,
            7,
            "tokenizer",
            null,
            "2026-01-01T00:00:00Z",
            Map.of("loss", 2.0),
            Map.of(),
            place.fields());
    try (CheckpointLine line = new CheckpointStore(root).open("line")) {
      return line.write(
          state,
          config.toJson(),
          CheckpointConfig.card(config, ranges),
          Map.of(Checkpoint.TOKENIZER, new byte[0]),
          (model, optimizer) -> {
            Files.writeString(model, weights);
            Files.writeString(optimizer, "momentum");
          });
    }
  }
}

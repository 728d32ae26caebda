package io.radstream.trainer.checkpoint;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.LiveModel;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.trainer.kafka.FakeCluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveCheckpointsTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.MODELS_LIVE);
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** A service's clock that is an hour behind. */
  private static final Instant SLOW = BEGIN.minus(Duration.ofHours(1));

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 1);
  private Duration passed = Duration.ZERO;
  private final LiveCheckpoints live =
      new LiveCheckpoints(cluster, CONNECTION, () -> passed.toNanos());

  @Test
  void shouldKnowWhatIsInUseWhateverTheClockOfTheService() {
    says("one", "line-000000001", SLOW);
    says("two", "line-000000002", BEGIN.plus(Duration.ofHours(1)));

    assertThat(live.inUse()).hasValueSatisfying(ids -> assertThat(ids).hasSize(2));
  }

  @Test
  void shouldNotWaitForAServiceThatHasFallenSilent() {
    says("one", "line-000000001", SLOW);
    says("two", "line-000000002", BEGIN.plus(Duration.ofHours(1)));
    live.inUse();
    passed = Duration.ofMinutes(6);
    says("one", "line-000000001", SLOW.plus(Duration.ofMinutes(6)));

    assertThat(live.inUse())
        .hasValueSatisfying(ids -> assertThat(ids).containsExactly("line-000000001"));
  }

  @Test
  void shouldForgetAServiceThatTookItsWordBack() {
    says("one", "line-000000001", BEGIN);
    live.inUse();
    cluster.append(TOPIC, 0, "one", null);

    assertThat(live.inUse()).hasValueSatisfying(ids -> assertThat(ids).isEmpty());
  }

  private void says(String instance, String checkpoint, Instant time) {
    LiveModel said = new LiveModel(instance, checkpoint, "line", time);
    try (RecordSerde<LiveModel> serde = RecordSerde.of(LiveModel.class, CONNECTION)) {
      cluster.append(TOPIC, 0, instance, serde.serializer().serialize(TOPIC, said));
    }
  }
}

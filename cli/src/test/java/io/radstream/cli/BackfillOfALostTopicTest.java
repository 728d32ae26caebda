package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.cli.bench.BenchModel;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.serving.arrivals.Backfill;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.StudyScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The topic is deleted and made again while its studies are scored. */
@ExtendWith(SharedCluster.class)
class BackfillOfALostTopicTest {

  private static final int STUDIES = 12;
  private static final int TOGETHER = 2;

  private final List<StudyScore> written = new ArrayList<>();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  @Timeout(120)
  void shouldEndAndSayWhy(KafkaConnection cluster, @TempDir Path folder) throws Exception {
    // Given records that come in several answers of the broker
    KafkaConnection connection = bitByBit(TupleTopic.prefixed(cluster, "lost."));
    new TopicSetup(connection).create(1);
    TupleTopic.publish(
        connection, Topic.TUPLES_TRAIN, TupleTopic.tokenizer(folder), STUDIES, TOGETHER);
    List<OffsetRange> all = extent(connection);

    // When
    assertThatThrownBy(() -> score(connection, all))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining("deleted and made again");

    // Then
    assertThat(written).isNotEmpty().hasSizeLessThan(STUDIES);
  }

  private static KafkaConnection bitByBit(KafkaConnection connection) {
    return new KafkaConnection(
        connection.bootstrap(),
        connection.registry(),
        connection.topics(),
        Map.of("max.partition.fetch.bytes", "1", "fetch.max.bytes", "1"));
  }

  private static List<OffsetRange> extent(KafkaConnection connection) {
    try (TopicScan scan =
        new TopicScan(
            KafkaClients.of(connection).consumer(), connection.topics().of(Topic.TUPLES_TRAIN))) {
      return scan.extent();
    }
  }

  private void score(KafkaConnection connection, List<OffsetRange> ranges) throws Exception {
    BenchModel model =
        BenchModel.unlearned(ModelPreset.TINY.config(100), ComputeDevice.cpu(), Precision.FLOAT32);
    Receipts receipts =
        new Receipts(
            model.means(),
            FindingSets.of(PromptSet.builtIn()),
            Optional.empty(),
            InstantSource.system());
    try (ModelFleet fleet = new ModelFleet();
        StudyScorer scorer =
            new StudyScorer(fleet, BatchLimits.DEFAULT, new SimpleMeterRegistry())) {
      ScoringModel scoring = model.scoring();
      fleet.arrange(Map.of(Role.LIVE, scoring), 0);
      try (Backfill backfill =
          Backfill.open(
              connection,
              Topic.TUPLES_TRAIN,
              scoring.identity(),
              scorer,
              receipts,
              Optional.empty(),
              () -> false,
              InstantSource.system())) {
        backfill.run(ranges, new MakingAnew(connection));
      }
    }
  }

  /** Deletes the topic after the first scores, and makes it again without a record. */
  private final class MakingAnew implements Backfill.Listener {

    private final KafkaConnection connection;

    private MakingAnew(KafkaConnection connection) {
      this.connection = connection;
    }

    @Override
    public void begins(long records) {}

    @Override
    public void scored(long records, List<StudyScore> scores) {
      boolean isFirst = written.isEmpty() && !scores.isEmpty();
      written.addAll(scores);
      if (isFirst) {
        makeAnew();
      }
    }

    private void makeAnew() {
      try (Admin admin = Admin.create(connection.clientConfig())) {
        admin.deleteTopics(List.of(connection.topics().of(Topic.TUPLES_TRAIN))).all().get();
        new TopicSetup(connection).create(1);
      } catch (IOException | InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

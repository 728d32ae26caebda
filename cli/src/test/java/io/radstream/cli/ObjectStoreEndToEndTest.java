package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.objects.TestBucket;
import io.radstream.objects.TestBucket.Bucket;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.SteeringConfig;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.config.RunPreset;
import io.radstream.trainer.run.Beginning;
import io.radstream.trainer.run.RunRequest;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trainer, panel and service on machines that share nothing but the broker and a bucket. */
@ExtendWith({SharedCluster.class, TestBucket.class})
class ObjectStoreEndToEndTest {

  @TempDir private Path folder;

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldTrainResumeCalibrateAndServeByABucketAlone(KafkaConnection cluster, Bucket bucket)
      throws Exception {
    KafkaConnection connection = tuples(cluster, "short.");
    LabelledPanel.write(folder, 60);

    JsonNode first = train(connection, bucket, "trainer-1", 2);
    JsonNode resumed = train(connection, bucket, "trainer-2", 3);
    JsonNode calibrated =
        json(
            connection,
            bucket,
            "panel",
            "calibrate",
            "--store=" + bucket.address(),
            "--line=short",
            "--panel=" + folder,
            "--familiar=0");

    assertThat(first.get("checkpoint_id").asText()).isEqualTo("short-000000002");
    assertThat(resumed.get("checkpoint_id").asText()).isEqualTo("short-000000003");
    assertThat(resumed.get("steps").asInt()).isEqualTo(1);
    assertThat(calibrated.get("checkpoint_id").asText()).isEqualTo("short-000000003");
    CheckpointStore store = new Machine(bucket, folder.resolve("service")).store();
    try (ScoringService service =
        LiveService.start(connection, ServingConfig.of(store).withLine(Optional.of("short")))) {
      JsonNode answer = LiveService.score(service, LabelledPanel.picture(0));
      assertThat(service.live().map(ModelIdentity::checkpointId)).contains("short-000000003");
      assertThat(answer.at("/calibration/sha256").asText())
          .isEqualTo(calibrated.get("sha256").asText());
    }
    shouldBringAgainWhatWasDamagedOnTheDisk(connection, store);
    shouldPassOverWhatWasDamagedInTheBucket(connection, bucket);
    assertThat(store.directory("short", 3).resolve(Checkpoint.MODEL)).exists();
    Invocation fetched =
        Invocation.of(
            new Machine(bucket, folder.resolve("reader")).command(),
            "fetch",
            "--store=" + bucket.address(),
            "--line=short",
            "--step=2");
    assertThat(fetched.exitCode()).describedAs(fetched.err()).isEqualTo(Radstream.DONE);
    Checkpoint.read(Path.of(fetched.out().strip())).verify();
    assertThat(store.directory("short", 3).resolve(Checkpoint.OPTIMIZER)).doesNotExist();
  }

  /** A part of the test above, whose runs take the most time. */
  private static void shouldBringAgainWhatWasDamagedOnTheDisk(
      KafkaConnection connection, CheckpointStore store) throws Exception {
    Files.writeString(store.directory("short", 3).resolve(Checkpoint.MODEL), "damaged");

    assertThat(live(connection, store, "second")).contains("short-000000003");
  }

  /** Another part. */
  private void shouldPassOverWhatWasDamagedInTheBucket(KafkaConnection connection, Bucket bucket)
      throws Exception {
    CheckpointStore reader = new Machine(bucket, folder.resolve("reader")).store();
    String sha256 = reader.load("short", 3).state().files().get(Checkpoint.MODEL);
    bucket.overwrite("short/000000003/%s/%s".formatted(sha256, Checkpoint.MODEL), new byte[100]);

    assertThat(live(connection, new Machine(bucket, folder.resolve("other")).store(), "third"))
        .contains("short-000000002");
  }

  private static Optional<String> live(
      KafkaConnection connection, CheckpointStore store, String service) throws Exception {
    ServingConfig plain = ServingConfig.of(store);
    ServingConfig config =
        new ServingConfig(
            store,
            Optional.of("short"),
            plain.policy(),
            // One of its own, which has judged nothing yet.
            new SteeringConfig(service, false),
            plain.answers(),
            plain.listen(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (ScoringService started = LiveService.start(connection, config)) {
      return started.live().map(ModelIdentity::checkpointId);
    }
  }

  @Test
  void shouldTrainOnWhereTheStoreIsAwayAndPutAndAnnounceAllWhenItIsBack(
      KafkaConnection cluster, Bucket bucket) throws Exception {
    KafkaConnection connection = tuples(cluster, "away.");
    CheckpointStore store = new Machine(bucket, folder.resolve("trainer")).store();
    Map<Long, Runnable> at = Map.of(1L, bucket.server()::stop, 3L, bucket.server()::start);

    try (TrainingRun run = run(connection, store, at)) {
      run.run();
    }

    assertThat(new Machine(bucket, folder.resolve("empty")).store().list("away"))
        .extracting(Checkpoint::id)
        .containsExactlyElementsOf(announced(connection))
        .hasSize(4);
  }

  @Test
  void shouldFailWhereTheLastCheckpointCannotBePutAndPutItWithTheNextStart(
      KafkaConnection cluster, Bucket bucket) throws Exception {
    KafkaConnection connection = tuples(cluster, "gone.");
    CheckpointStore store = new Machine(bucket, folder.resolve("trainer")).store();
    try (TrainingRun run = run(connection, store, Map.of(3L, bucket.server()::stop))) {
      assertThatThrownBy(run::run)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the store does not answer");
    } finally {
      bucket.server().start();
    }
    assertThat(announced(connection)).doesNotContain("away-000000004");

    try (TrainingRun again = run(connection, store, Map.of())) {
      assertThat(again.run().outcome()).isEqualTo(RunSummary.Outcome.NOTHING_TO_DO);
    }
    assertThat(announced(connection)).contains("away-000000004");
    new Machine(bucket, folder.resolve("empty")).store().load("away", 4).verify();
  }

  private KafkaConnection tuples(KafkaConnection cluster, String prefix) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, prefix);
    new TopicSetup(connection).create(1);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, TupleTopic.tokenizer(folder), 24);
    return connection;
  }

  /**
   * @param at what happens after the checkpoint of a step
   */
  private TrainingRun run(KafkaConnection connection, CheckpointStore store, Map<Long, Runnable> at)
      throws IOException {
    ReportTokenizers tokenizers =
        ReportTokenizers.load(folder.resolve("tokenizer.json"), Optional.empty());
    int words = tokenizers.decoder().vocabulary().size();
    List<String> settings =
        new ArrayList<>(List.of("schedule.steps=4", "checkpoint.every=1", "checkpoint.keepLast=9"));
    TupleTopic.train(connection, folder, folder).stream()
        .filter(argument -> argument.matches("[a-z.]+=.*"))
        .forEach(settings::add);
    RunConfig config =
        new RunConfigReader()
            .read(
                RunPreset.TINY.config("away", ModelVariant.PAPER, words, words),
                Optional.empty(),
                settings);
    return TrainingRun.open(
        new Surroundings(connection, store, DeviceChoice.auto(), Clock.systemUTC()),
        new RunRequest(config, tokenizers, new Beginning.GoOn()),
        new TrainingListener() {
          @Override
          public void checkpointed(Checkpoint checkpoint) {
            at.getOrDefault(checkpoint.state().step(), () -> {}).run();
          }
        });
  }

  private static List<String> announced(KafkaConnection connection) {
    String name = connection.topics().of(Topic.CHECKPOINTS);
    List<String> ids = new ArrayList<>();
    try (RecordSerde<CheckpointPublished> serde =
            RecordSerde.of(CheckpointPublished.class, connection);
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(
          record ->
              ids.add(serde.deserializer().deserialize(name, record.value()).getCheckpointId()));
    }
    return ids;
  }

  private JsonNode train(KafkaConnection connection, Bucket bucket, String disk, int steps)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(TupleTopic.train(connection, folder.resolve("tokenizer.json"), folder));
    arguments.replaceAll(
        argument -> argument.equals(folder.toString()) ? bucket.address().toString() : argument);
    arguments.addAll(List.of("--line=short", "--steps=" + steps));
    return Invocation.of(
            new Machine(bucket, folder.resolve(disk)).command(), arguments.toArray(String[]::new))
        .json();
  }

  private JsonNode json(KafkaConnection connection, Bucket bucket, String disk, String... words)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add("--json");
    arguments.add("--bootstrap=" + connection.bootstrap());
    arguments.add("--registry=" + connection.registry());
    arguments.add("--topic-prefix=" + connection.topics().prefix());
    return Invocation.of(
            new Machine(bucket, folder.resolve(disk)).command(), arguments.toArray(String[]::new))
        .json();
  }
}

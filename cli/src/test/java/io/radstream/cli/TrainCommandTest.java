package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.weights.TensorFile;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A very small network, trained by the command from a real broker. */
@ExtendWith(SharedCluster.class)
class TrainCommandTest {

  @TempDir private Path directory;
  private Path tokenizerFile;

  @BeforeEach
  void trainTokenizer() throws IOException {
    tokenizerFile = TupleTopic.tokenizer(directory);
  }

  @Test
  void shouldTrainStopAndGoOnFromItsCheckpoint(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "train.");
    new TopicSetup(connection).create(2);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizerFile, 20);
    TupleTopic.publish(connection, Topic.TUPLES_VALIDATION, tokenizerFile, 6);

    Invocation first = train(connection, "--steps", "6");
    Invocation second = train(connection, "--steps", "10");
    Invocation fresh = train(connection, "--steps", "2", "--fresh");

    JsonNode summary = first.json();
    assertThat(summary.get("studies").asInt()).isEqualTo(20);
    assertThat(summary.get("validation_studies").asInt()).isEqualTo(6);
    assertThat(summary.get("loss_last").asDouble())
        .isLessThan(summary.get("loss_first").asDouble());
    assertThat(summary.get("retrieval_chance").asDouble()).isEqualTo(1.0 / 6);
    assertThat(second.json().get("steps").asInt()).isEqualTo(4);
    assertThat(replay(connection, first.json().get("run_id").asText()).json().get("identical"))
        .isEqualTo(BooleanNode.TRUE);
    assertThat(replay(connection, second.json().get("run_id").asText()).json().get("identical"))
        .isEqualTo(BooleanNode.TRUE);
    assertThat(second.json().get("checkpoint_id").asText()).isEqualTo("tiny-000000010");
    assertThat(fresh.json().get("checkpoint_id").asText()).isEqualTo("tiny-2-000000002");
    assertThat(announced(connection))
        .containsExactlyInAnyOrder("tiny-000000006", "tiny-000000010", "tiny-2-000000002");
    assertThat(directory.resolve("store/tiny/000000010/model.safetensors")).isRegularFile();
  }

  @Test
  void shouldTrainTheReleasedVariant(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "released.");
    new TopicSetup(connection).create(1);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizerFile, 10);

    Invocation invocation =
        train(
            connection,
            "--variant=released",
            "--steps=2",
            "--set=model.objectives.contrastive=0",
            "--set=optimizer.freeze.textLayers=0");

    assertThat(invocation.json().get("checkpoint_id").asText())
        .isEqualTo("tiny-released-000000002");
    assertThat(invocation.json().has("loss_language_last")).isTrue();
    assertThat(invocation.json().has("loss_contrastive_last")).isFalse();
    assertThat(invocation.json().has("retrieval_top1")).isFalse();
  }

  @Test
  void shouldExportACheckpointAndStartAnotherLineFromIt(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "export.");
    new TopicSetup(connection).create(2);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizerFile, 20);
    train(connection, "--steps", "3").json();
    String models = directory.resolve("models").toString();
    String checkpoint = directory.resolve("store/tiny/000000003").toString();

    Invocation exported = Invocation.of("export", "--checkpoint", checkpoint, "--out", models);
    Invocation again = Invocation.of("export", "--checkpoint", checkpoint, "--out", models);
    Invocation started =
        train(
            connection,
            "--line=other",
            "--steps=1",
            "--init-radiograph=" + models + "/vit",
            "--init-text=" + models + "/bert");

    assertThat(exported.exitCode()).describedAs(exported.err()).isEqualTo(Radstream.DONE);
    assertThat(exported.out()).contains(models + "/vit", models + "/bert");
    assertThat(directory.resolve("models/bert/tokenizer.json"))
        .hasSameBinaryContentAs(tokenizerFile);
    assertThat(again.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(again.err()).contains("file exists already: " + models + "/vit");
    assertThat(started.json().get("checkpoint_id").asText()).isEqualTo("other-000000001");
  }

  @Test
  void shouldFineTuneACheckpointOnLabels(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "finetune.");
    new TopicSetup(connection).create(1);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizerFile, 20);
    TupleTopic.publish(connection, Topic.TUPLES_VALIDATION, tokenizerFile, 6);
    label(connection, 20);
    train(connection, "--steps", "3").json();

    Invocation tuned =
        Invocation.of(
            "finetune",
            "--json",
            "--bootstrap=" + connection.bootstrap(),
            "--registry=" + connection.registry(),
            "--topic-prefix=" + connection.topics().prefix(),
            "--checkpoint=" + directory.resolve("store/tiny/000000003"),
            "--store=" + directory.resolve("store"),
            "--findings=effusion",
            "--steps=2",
            "--label-share=1",
            "--seed=3",
            "--batch=8");
    Path models = directory.resolve("findings-models");
    Invocation exported =
        Invocation.of(
            "export",
            "--checkpoint=" + directory.resolve("store/tiny-finetuned/000000002"),
            "--out=" + models);

    assertThat(exported.exitCode()).describedAs(exported.err()).isEqualTo(Radstream.DONE);
    assertThat(exported.out()).contains(models + "/vit", models + "/findings");
    assertThat(models.resolve("findings/config.json")).content().contains("\"effusion\" : 0");
    assertThat(models.resolve("findings/preprocessor_config.json"))
        .content()
        .contains("\"resized_side\" : 18", "\"deviation\" : 63.75");
    JsonNode summary = tuned.json();
    assertThat(summary.get("best_checkpoint_id").asText()).isEqualTo("tiny-finetuned-000000002");
    assertThat(tuned.err()).contains("Best by validation: tiny-finetuned-000000002");
    assertThat(summary.get("checkpoint_id").asText()).isEqualTo("tiny-finetuned-000000002");
    assertThat(summary.has("loss_labels_last")).isTrue();
    assertThat(summary.has("loss_language_last")).isFalse();
    assertThat(summary.get("validation_auc").asDouble()).isBetween(0.0, 1.0);
  }

  /** What the checkpoint has stays as it is, and the head is beside it. */
  @Test
  void shouldProbeACheckpoint(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "probe.");
    new TopicSetup(connection).create(1);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizerFile, 20);
    label(connection, 20);
    train(connection, "--steps", "3").json();

    Invocation tuned =
        Invocation.of(
            "finetune",
            "--json",
            "--bootstrap=" + connection.bootstrap(),
            "--registry=" + connection.registry(),
            "--topic-prefix=" + connection.topics().prefix(),
            "--checkpoint=" + directory.resolve("store/tiny/000000003"),
            "--store=" + directory.resolve("store"),
            "--findings=effusion",
            "--steps=2",
            "--probe");

    assertThat(tuned.json().get("best_checkpoint_id").isNull()).isTrue();
    TensorFile before =
        TensorFile.open(directory.resolve("store/tiny/000000003/model.safetensors"));
    TensorFile after =
        TensorFile.open(directory.resolve("store/tiny-finetuned/000000002/model.safetensors"));
    assertThat(after.entries().keySet()).anyMatch(name -> name.startsWith("label_head"));
    for (String name : after.entries().keySet()) {
      if (!name.startsWith("label_head")) {
        assertThat(after.read(name).values()).as(name).isEqualTo(before.read(name).values());
      }
    }
  }

  @Test
  void shouldSayThatThereIsNoCheckpointToFineTune(KafkaConnection cluster) {
    Invocation invocation =
        Invocation.of(
            "finetune",
            "--bootstrap=" + cluster.bootstrap(),
            "--registry=" + cluster.registry(),
            "--checkpoint=" + directory.resolve("absent"),
            "--findings=effusion");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("absent");
  }

  @Test
  void shouldNameAWrongSetting(KafkaConnection cluster) {
    Invocation invocation = train(cluster, "--set", "schedule.stepz=3");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err())
        .contains("unknown configuration key schedule.stepz; possible keys: shape, radiographRate");
  }

  @Test
  void shouldSayThatTheTopicsAreMissing(KafkaConnection cluster) {
    Invocation invocation = train(TupleTopic.prefixed(cluster, "missing."), "--steps", "1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("missing.training.ledger does not exist");
  }

  @Test
  void shouldShowExamples() {
    Invocation help = Invocation.of("train", "--help");

    assertThat(help.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(help.out()).contains("Examples:", "--set=KEY=VALUE", "TINY, SMALL, BASE");
  }

  private Invocation replay(KafkaConnection connection, String run) {
    return Invocation.of(
        "replay",
        "--json",
        "--bootstrap",
        connection.bootstrap(),
        "--registry",
        connection.registry(),
        "--topic-prefix",
        connection.topics().prefix(),
        "--store",
        directory.resolve("store").toString(),
        "--run",
        run);
  }

  private Invocation train(KafkaConnection connection, String... further) {
    List<String> args =
        new ArrayList<>(TupleTopic.train(connection, tokenizerFile, directory.resolve("store")));
    args.addAll(List.of(further));
    return Invocation.of(args.toArray(String[]::new));
  }

  /** Every third study is clear. */
  @SuppressWarnings("FutureReturnValueIgnored") // closing waits for them
  private static void label(KafkaConnection connection, int count) {
    String topic = connection.topics().of(Topic.LABELS);
    try (RecordSerde<LabelledStudy> serde = RecordSerde.of(LabelledStudy.class, connection);
        KafkaProducer<String, LabelledStudy> producer =
            new KafkaProducer<>(
                connection.producerConfig(), new StringSerializer(), serde.serializer())) {
      for (int i = 0; i < count; i++) {
        Map<String, Double> labels = Map.of("effusion", i % 3 == 2 ? 0.0 : 1.0);
        producer.send(
            new ProducerRecord<>(
                topic,
                "study-" + i,
                new LabelledStudy("study-" + i, "test", labels, List.of(), null)));
      }
    }
  }

  private static List<String> announced(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.CHECKPOINTS);
    List<String> ids = new ArrayList<>();
    try (RecordSerde<CheckpointPublished> serde =
            RecordSerde.of(CheckpointPublished.class, connection);
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(
          record ->
              ids.add(serde.deserializer().deserialize(topic, record.value()).getCheckpointId()));
    }
    return ids;
  }
}

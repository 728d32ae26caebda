package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures with labels and without reports, in the layout of a public collection, on their whole
 * way: published, staged, split, and learned from by a network that reports have taught.
 */
@ExtendWith(SharedCluster.class)
class LabelledImagesTest {

  private static final int PICTURES = 40;

  @TempDir private Path folder;

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldTravelAsStudiesLikeAllOthers(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "images.");
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(folder);
    Path checkpoint = pretrained(TupleTopic.prefixed(cluster, "reports."), tokenizer);
    JsonNode published =
        Invocation.on(connection, "publish", "shenzhen-tb", "--path", set().toString()).json();
    stage(connection, tokenizer);
    Set<String> train = studies(connection, Topic.TUPLES_TRAIN);
    Set<String> validation = studies(connection, Topic.TUPLES_VALIDATION);
    Set<String> test = studies(connection, Topic.TUPLES_TEST);

    JsonNode summary =
        Invocation.on(
                connection,
                "finetune",
                "--checkpoint=" + checkpoint,
                "--store=" + folder.resolve("store"),
                "--findings=tuberculosis",
                "--steps=3")
            .json();

    assertThat(published.get("labelled").asLong()).isEqualTo(PICTURES);
    assertThat(train.size() + validation.size() + test.size()).isEqualTo(PICTURES);
    assertThat(test).isNotEmpty();
    assertThat(studies(connection, Topic.STUDIES_REJECTED)).isEmpty();
    assertThat(summary.get("studies").asInt()).isEqualTo(train.size()).isLessThan(128);
    assertThat(summary.get("validation_studies").asInt()).isEqualTo(validation.size());
    assertThat(summary.get("validation_auc_tuberculosis").asDouble()).isBetween(0.0, 1.0);
    assertThat(summary.get("best_checkpoint_id").asText()).isEqualTo("tiny-finetuned-000000003");
  }

  private Path pretrained(KafkaConnection connection, Path tokenizer) throws Exception {
    new TopicSetup(connection).create(1);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 8);
    List<String> words =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, folder.resolve("store")));
    words.addAll(List.of("--steps", "1"));
    assertThat(Invocation.of(words.toArray(String[]::new)).exitCode()).isEqualTo(Radstream.DONE);
    return folder.resolve("store/tiny/000000001");
  }

  /** Every other picture is bright. */
  private Path set() throws IOException {
    Path set = folder.resolve("shenzhen");
    Path pictures = Files.createDirectories(set.resolve("CXR_png"));
    for (int i = 1; i <= PICTURES; i++) {
      byte[] gray = new byte[64 * 64];
      Arrays.fill(gray, (byte) (i % 2 == 0 ? 40 : 180));
      gray[i] = 100;
      Files.write(
          pictures.resolve("CHNCXR_%04d_%d.png".formatted(i, i % 2)),
          ImageEncoder.png(new GrayImage(64, 64, gray)));
    }
    return set;
  }

  private void stage(KafkaConnection connection, Path tokenizerFile) throws Exception {
    try (ReportTokenizer tokenizer = ReportTokenizer.load(tokenizerFile)) {
      StageConfig config =
          StageConfig.of(tokenizer)
              .withSettle(Duration.ZERO)
              .withDeadline(Duration.ofMillis(100))
              .withReports(StageConfig.Reports.OPTIONAL)
              .withValidationShare(0.3)
              .withTestShare(0.2);
      try (StreamStage stage = StreamStage.start(connection, config, folder.resolve("state"))) {
        StageWait.untilTuples(stage, PICTURES);
      }
    }
  }

  private static Set<String> studies(KafkaConnection connection, Topic topic) {
    Set<String> ids = new HashSet<>();
    try (TopicScan scan =
        new TopicScan(KafkaClients.of(connection).consumer(), connection.topics().of(topic))) {
      scan.toEnd(record -> ids.add(new String(record.key(), StandardCharsets.UTF_8)));
    }
    return ids;
  }
}

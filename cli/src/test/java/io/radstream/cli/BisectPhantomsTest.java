package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.streams.StageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code benchmarks/bisect} shows: a run follows phantoms of two hospitals and learns their
 * findings, and from a step on one of them sends spoilt pictures.
 */
@ExtendWith(SharedCluster.class)
class BisectPhantomsTest {

  private static final String FAULT = "radstream.bisect.fault";

  /** Whether what is wrong is the side, so that findings have to be of one. */
  private static final boolean SIDES = "WRONG_SIDES".equals(System.getProperty(FAULT));

  private static final String OF_NO_SIDE = "[cardiomegaly, effusion, pneumothorax, normal]";
  private static final String OF_A_SIDE =
      "[left effusion, right effusion, left pneumothorax, right pneumothorax]";

  /** Steps that read nothing wrong, and those that may. */
  private static final int SOUND = Integer.getInteger("radstream.bisect.sound", 160);

  private static final int SPOILT = Integer.getInteger("radstream.bisect.spoilt", 60);

  /** Studies of a step. */
  private static final int NORTH = 6;

  private static final int SOUTH = 10;

  /** Studies that the gate judges by. */
  private static final int PANEL = 300;

  private static final int MEASURED_EVERY = 20;

  /** Of 10 studies, one is for validation. */
  private static final double WITH_VALIDATION = 10 / 9.0;

  @TempDir private Path folder;

  @Test
  void shouldNameTheHospitalThatSentThem(KafkaConnection cluster) throws Exception {
    assumeTrue(System.getProperty(FAULT) != null, "see benchmarks/bisect");
    KafkaConnection own = TupleTopic.prefixed(cluster, "own.");
    KafkaConnection north = TupleTopic.prefixed(cluster, "north.");
    KafkaConnection south = TupleTopic.prefixed(cluster, "south.");
    for (KafkaConnection connection : List.of(own, north, south)) {
      new TopicSetup(connection).create(1);
    }
    int sound = (int) (SOUND * SOUTH * WITH_VALIDATION);
    int all = (int) ((SOUND + SPOILT) * NORTH * WITH_VALIDATION);
    publish(north, "NORTH", 0, all, "NONE");
    publish(south, "SOUTH", 0, sound, "NONE");
    Path tokenizer = StagedStudies.tokenizer(folder, north, 300);
    stage(tokenizer, north, 0.1);
    stage(tokenizer, south, 0.1);
    long good = tuples(south) / SOUTH;
    publish(south, "SOUTH", sound, SPOILT * SOUTH, System.getProperty(FAULT));
    // Nothing spoilt is measured by.
    stage(tokenizer, south, 0);
    long steps = Math.min(tuples(south) / SOUTH, tuples(north) / NORTH);
    train(own, List.of(north, south), tokenizer, steps);
    System.out.printf("%d steps, the pictures of the south are spoilt behind %d%n", steps, good);
    // Statistics of batches soon get used to what is spoilt, and the figure is good again.
    long measured = good / MEASURED_EVERY * MEASURED_EVERY;

    String ends = "--good=%d --bad=%d".formatted(measured, measured + 2 * MEASURED_EVERY);

    requireFound(bisect(own, ends + " --figure=validation_loss --confirm"), good);
    Path panel = panel();
    requireFound(bisect(own, ends + " --figure=gate --panel=" + panel), good);
  }

  private Invocation bisect(KafkaConnection own, String words) {
    List<String> all =
        new ArrayList<>(List.of("bisect", "--line=tiny", "--store=" + folder.resolve("store")));
    all.addAll(List.of(words.split(" ")));
    Invocation found = Invocation.on(own, all.toArray(String[]::new));
    System.out.println(found.err() + found.out());
    return found;
  }

  private static void requireFound(Invocation found, long good) throws IOException {
    assertThat(found.exitCode()).isEqualTo(Radstream.DONE);
    JsonNode summary = found.json();
    assertThat(summary.get("suspected").textValue()).isIn("site=synthetic-SOUTH", "source=south");
    assertThat(summary.get("bad_step").asLong()).isGreaterThan(good);
  }

  /** Labelled phantoms of another seed, with nothing wrong. */
  private Path panel() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("panel"));
    PhantomGenerator generator = new PhantomGenerator(64, 1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < PANEL; i++) {
      PhantomStudy study = generator.study(2, i);
      Files.write(directory.resolve(i + ".png"), ImageEncoder.png(study.views().get(0).image()));
      Map<String, Integer> labels = new TreeMap<>();
      study
          .truth()
          .findings()
          .forEach((finding, there) -> labels.put(finding.label(), there ? 1 : 0));
      study.truth().sides().forEach((finding, there) -> labels.put(finding, there ? 1 : 0));
      lines.add(
          new ObjectMapper()
              .writeValueAsString(
                  Map.of(
                      "patient",
                      "p" + study.patient(),
                      "study",
                      "s" + i,
                      "images",
                      List.of(Map.of("file", i + ".png")),
                      "labels",
                      labels)));
    }
    return Files.write(directory.resolve("panel.jsonl"), lines);
  }

  private void stage(Path tokenizer, KafkaConnection connection, double validationShare)
      throws Exception {
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty())) {
      StagedStudies.stage(
          folder.resolve(connection.topics().prefix()),
          connection,
          StageConfig.of(tokenizers).withValidationShare(validationShare));
    }
  }

  private static void publish(
      KafkaConnection connection, String site, int first, int studies, String fault)
      throws IOException {
    Invocation.on(
            connection,
            "publish",
            "synthetic",
            "--phantom-site=" + site,
            "--first=" + first,
            "--studies=" + studies,
            "--fault=" + fault,
            "--sides",
            "--view-size=64")
        .json();
  }

  private void train(KafkaConnection own, List<KafkaConnection> sources, Path tokenizer, long steps)
      throws IOException {
    Invocation.on(
            own,
            "train",
            "--follow",
            "--line=tiny",
            "--tokenizer=" + tokenizer,
            "--store=" + folder.resolve("store"),
            "--steps=" + steps,
            "--replay-ratio=0",
            "--set=batch=" + (NORTH + SOUTH),
            "--set=sources=[{name: north, topicPrefix: '%s', weight: %d}, {name: south, topicPrefix: '%s', weight: %d}]"
                .formatted(
                    sources.get(0).topics().prefix(),
                    NORTH,
                    sources.get(1).topics().prefix(),
                    SOUTH),
            "--set=checkpoint.every=20",
            "--set=checkpoint.keepLast=100",
            "--set=validation.every=" + MEASURED_EVERY,
            "--set=model.radiograph.encoder=convolutional",
            // Mirrored at random, no side would mean anything to the network.
            "--set=augmentation.flip=" + !SIDES,
            "--set=model.objectives.contrastive=0",
            "--set=model.objectives.language=0",
            "--set=model.objectives.labels=1",
            "--set=model.findings=" + (SIDES ? OF_A_SIDE : OF_NO_SIDE))
        .json();
  }

  private static long tuples(KafkaConnection connection) {
    LongAdder count = new LongAdder();
    try (TopicScan scan =
        new TopicScan(
            KafkaClients.of(connection).consumer(), connection.topics().of(Topic.TUPLES_TRAIN))) {
      scan.toEnd(record -> count.increment());
    }
    return count.sum();
  }
}

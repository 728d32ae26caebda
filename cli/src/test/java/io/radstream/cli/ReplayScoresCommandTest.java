package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.maps.CheckpointMaps;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.producers.asking.GrowingPauses;
import io.radstream.producers.crosswalk.CrosswalkReader;
import io.radstream.producers.crosswalk.CrosswalkWriter;
import io.radstream.producers.dicom.listen.AeTitle;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.results.delivery.Begin;
import io.radstream.results.delivery.Delivery;
import io.radstream.results.delivery.Withdrawals;
import io.radstream.results.dicom.StoreAddress;
import io.radstream.results.dicom.StoreDestination;
import io.radstream.results.maps.MapChoice;
import io.radstream.results.maps.ResultMaps;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.serving.arrivals.MappedScore;
import io.radstream.serving.arrivals.ScoreMaps;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class ReplayScoresCommandTest {

  /** Where the tuples end: 16 of them, one that was aborted, and marks of five transactions. */
  private static final int END = 22;

  private static final int STUDIES = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static List<StudyScore> scores;

  /** Behind the scores and the mark of their transaction. */
  private static long scored;

  @BeforeAll
  static void score(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(folder);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, STUDIES);
    List<String> words = new ArrayList<>(TupleTopic.train(connection, tokenizer, folder));
    words.add("--steps=2");
    Invocation.of(words.toArray(String[]::new)).json();
    Invocation.on(
            connection,
            "score",
            "backfill",
            "--checkpoint=" + folder.resolve("tiny/000000002"),
            "--topic=tuples.train",
            "--offsets=0:0-" + END)
        .json();
    scores = new ArrayList<>();
    String topic = connection.topics().of(Topic.SCORES);
    RecordReader<StudyScore> reader = new RecordReader<>(StudyScore.class, connection);
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scored =
          scan.toEnd(
                  record ->
                      scores.add(
                          ((Decoded.Valid<StudyScore>) reader.read(topic, record.value())).value()))
              .get(0)
              .end();
    }
  }

  private Invocation replay(KafkaConnection connection, String offsets) {
    return Invocation.on(
        connection, "replay", "scores", "--store=" + folder, "--offsets=" + offsets);
  }

  /** Writes a score as nobody computed it, and replays it. */
  private JsonNode replayed(KafkaConnection connection, StudyScore score) throws Exception {
    long at;
    try (RecordSerde<StudyScore> serde = RecordSerde.of(StudyScore.class, connection);
        KafkaProducer<String, StudyScore> producer =
            new KafkaProducer<>(
                connection.producerConfig(), new StringSerializer(), serde.serializer())) {
      at =
          producer
              .send(
                  new ProducerRecord<>(
                      connection.topics().of(Topic.SCORES), score.getStudyId(), score))
              .get(1, TimeUnit.MINUTES)
              .offset();
    }
    Invocation invocation = replay(connection, "0:%d-%d".formatted(at, at + 1));
    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.FAILED);
    List<String> lines = invocation.out().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  @Test
  void shouldHaveEachScoreAgainWithItsBits(KafkaConnection connection) throws Exception {
    Invocation invocation = replay(connection, "0:0-" + scored);
    assertThat(invocation.exitCode()).describedAs(invocation.out()).isEqualTo(Radstream.DONE);
    JsonNode outcome = invocation.json();

    assertThat(outcome.get("identical").booleanValue()).isTrue();
    assertThat(outcome.get("same").asInt()).isEqualTo(STUDIES);
    assertThat(outcome.get("other_means").isNull()).isTrue();
    assertThat(scores)
        .as("studies shared passes")
        .anySatisfy(
            score -> assertThat(payload(score).at("/pass/pictures").size()).isGreaterThan(1));
  }

  @Test
  void shouldNameTheFindingWhoseLastBitIsAnother(KafkaConnection connection) throws Exception {
    StudyScore score = scores.get(3);
    String finding = score.getProbabilities().keySet().iterator().next();
    double moved = Math.nextUp(score.getProbabilities().get(finding));
    JsonNode receipt = JSON.readTree(score.getReceipt());
    ((ObjectNode) receipt.at("/payload/scores").get(finding))
        .put("raw", moved)
        .put("probability", moved);
    Map<String, Double> probabilities = new HashMap<>(score.getProbabilities());
    probabilities.put(finding, moved);

    JsonNode outcome =
        replayed(
            connection,
            StudyScore.newBuilder(score)
                .setProbabilities(probabilities)
                .setReceipt(receipt.toString())
                .build());

    assertThat(outcome.get("identical").booleanValue()).isFalse();
    assertThat(outcome.at("/difference/what").textValue())
        .isEqualTo(
            "%s was %s, and is %s"
                .formatted(finding, moved, score.getProbabilities().get(finding)));
  }

  @Test
  void shouldNoticeARecordThatSaysOtherThanItsReceipt(KafkaConnection connection) throws Exception {
    JsonNode outcome =
        replayed(
            connection,
            StudyScore.newBuilder(scores.get(0)).setProbabilities(Map.of("effusion", 0.5)).build());

    assertThat(outcome.at("/difference/what").textValue()).contains("not those of its receipt");
  }

  @Test
  void shouldSayWhyAScoreCannotBeHadAgain(KafkaConnection connection) throws Exception {
    StudyScore score = scores.get(0);
    RecordRef at = score.getSource();

    JsonNode gone =
        replayed(
            connection,
            StudyScore.newBuilder(score)
                .setSource(new RecordRef(at.getTopic(), at.getPartition(), 5_000L))
                .build());
    JsonNode without = replayed(connection, StudyScore.newBuilder(score).setReceipt(null).build());
    JsonNode damaged = replayed(connection, StudyScore.newBuilder(score).setReceipt("{}").build());

    assertThat(gone.at("/not_again").properties().iterator().next().getKey())
        .isEqualTo("its views are gone from the topic");
    assertThat(without.at("/not_again").properties().iterator().next().getKey())
        .contains("has no receipt");
    assertThat(damaged.at("/not_again").properties().iterator().next().getKey())
        .contains("cannot be read");
  }

  /** The other way back to the views and the checkpoint of a score: its pictures for an archive. */
  @Test
  void shouldSendPicturesByTheCheckpointThatScored(KafkaConnection connection) throws Exception {
    note("study-5");
    Map<String, byte[]> sent;
    try (StoringArchive archive = StoringArchive.start(folder.resolve("archive"))) {
      Process results = results(connection, archive);
      try {
        until(() -> archive.captures().size() == 3);
      } finally {
        CommandProcess.terminate(results);
      }
      assertThat(results.waitFor()).isEqualTo(CommandProcess.TERMINATED);
      sent = archive.objects();
      assertThat(sent).as("a report, and a picture for each of three findings").hasSize(4);
      assertThat(Files.readString(folder.resolve("results.log")))
          .doesNotContain("study-5", "PAT-5", "ACC-5", "1.2.840.77.5");
      for (Path capture : archive.captures()) {
        assertThat(colours(capture)).as("fuchsia, where the map is high").isPositive();
      }
    }

    try (StoringArchive archive = StoringArchive.start(folder.resolve("again"));
        ScoreMaps maps = maps(connection, folder)) {
      deliver(connection, "again", archive, maps);

      assertThat(archive.objects()).as("the same bytes").containsExactlyEntriesOf(sent);
    }
  }

  @Test
  void shouldSendTheReportAloneWhereTheCheckpointIsGone(KafkaConnection connection)
      throws Exception {
    note("study-5");
    try (StoringArchive archive = StoringArchive.start(folder.resolve("alone"));
        ScoreMaps maps = maps(connection, Files.createDirectories(folder.resolve("empty")))) {
      long without = deliver(connection, "alone", archive, maps);

      assertThat(archive.captures()).isEmpty();
      assertThat(archive.objects()).hasSize(1);
      assertThat(without).isOne();
    }
  }

  @Test
  void shouldSayWhyThereIsNoMap(KafkaConnection connection) throws Exception {
    StudyScore score = scores.get(1);
    RecordRef at = score.getSource();
    String checkpoint = score.getCheckpointId();
    List<String> finding = List.of(score.getProbabilities().keySet().iterator().next());
    try (ScoreMaps maps = maps(connection, folder)) {
      MappedScore.Mapped mapped =
          (MappedScore.Mapped) maps.of(checkpoint, at, score.getReceipt(), finding);
      assertThat(mapped.views()).hasSize(1);
      assertThat(mapped.views().get(0).map().values()).contains(1f, 0f);

      RecordRef gone = new RecordRef(at.getTopic(), at.getPartition(), 5_000L);
      assertThat(why(maps.of(checkpoint, gone, score.getReceipt(), finding))).contains("views");
      RecordRef other = scores.get(2).getSource();
      assertThat(why(maps.of(checkpoint, other, score.getReceipt(), finding))).contains("views");
      assertThat(why(maps.of(checkpoint, at, "{}", finding))).contains("receipt cannot be read");
      assertThat(why(maps.of("tiny-9", at, score.getReceipt(), finding)))
          .contains("another checkpoint");
      assertThat(why(maps.of(checkpoint, at, score.getReceipt(), List.of("none"))))
          .contains("does not score");
    }
  }

  private static String why(MappedScore score) {
    return ((MappedScore.Unmapped) score).why();
  }

  private static void note(String studyId) throws IOException {
    try (CrosswalkWriter crosswalk =
        CrosswalkWriter.open(folder.resolve("crosswalk"), Pseudonymizer.demo().key())) {
      crosswalk.note(studyId, new KnownStudy("PAT-5", "ACC-5", "1.2.840.77.5", List.of()));
    }
  }

  private static Process results(KafkaConnection connection, StoringArchive archive)
      throws IOException {
    ProcessBuilder builder =
        CommandProcess.on(
            connection,
            "results",
            "--demo-key",
            "--begin=first",
            "--crosswalk=" + folder.resolve("crosswalk"),
            "--dicom=" + archive.address(),
            "--maps-store=" + folder,
            "--maps-above=0");
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=1");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("results.log").toFile())
        .start();
  }

  private static ScoreMaps maps(KafkaConnection connection, Path store) {
    return new ScoreMaps(
        connection,
        new CheckpointStore(store),
        Optional.empty(),
        Optional.empty(),
        DeviceChoice.of("cpu").start(1),
        Clock.systemUTC());
  }

  /**
   * Until the one score of a known study is there.
   *
   * @return results that should have had pictures
   */
  private static long deliver(
      KafkaConnection connection, String group, StoringArchive archive, ScoreMaps maps)
      throws IOException {
    ResultMaps pictures = new ResultMaps(new CheckpointMaps(maps), new MapChoice(0, 3));
    try (CrosswalkReader studies =
            CrosswalkReader.open(folder.resolve("crosswalk"), Pseudonymizer.demo().key());
        Withdrawals withdrawals = Withdrawals.follow(connection);
        Delivery delivery =
            Delivery.of(
                connection,
                group,
                Begin.FIRST,
                new StoreDestination(
                    StoreAddress.parse(
                        archive.address(), new AeTitle("RADSTREAM"), Optional.empty()),
                    Optional.of(pictures)),
                studies,
                withdrawals,
                new GrowingPauses(Duration.ofMillis(10), Duration.ofMillis(200)))) {
      delivery.start();
      until(() -> delivery.status().delivered() == 1);
    }
    return pictures.without();
  }

  /** Pixels that are no gray. */
  private static long colours(Path capture) throws Exception {
    Path picture = folder.resolve("capture.png");
    Process decoder =
        new ProcessBuilder("dcm2pnm", "+on", capture.toString(), picture.toString()).start();
    assertThat(decoder.waitFor()).isZero();
    BufferedImage image = ImageIO.read(picture.toFile());
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(at -> image.getRGB(at % image.getWidth(), at / image.getWidth()))
        .filter(rgb -> (rgb >> 16 & 0xFF) > (rgb >> 8 & 0xFF) + 40)
        .count();
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Moment.pass();
    }
  }

  @Test
  void shouldRefuseOffsetsThatTheTopicDoesNotHold(KafkaConnection connection) {
    Invocation invocation = replay(connection, "0:0-100000");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).startsWith("--offsets: ");
  }

  private static JsonNode payload(StudyScore score) {
    try {
      return JSON.readTree(score.getReceipt()).get("payload");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.TupleTopic;
import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.producers.crosswalk.CrosswalkWriter;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a real archive to the topics and, as reports, back into it. */
@EnabledIfSystemProperty(
    named = "radstream.pacs",
    matches = "true",
    disabledReason = "benchmarks/pacs runs it, where an Orthanc is installed")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ResultsBackTest {

  private static final int STUDIES = 5;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String KEY = "the key of the benchmark";
  private static final List<String> JVM =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  @TempDir private Path directory;
  private EmbeddedCluster cluster;
  private Orthanc orthanc;
  private List<Radiograph> radiographs;
  private int lives;
  private int sent;

  @BeforeEach
  void start() throws Exception {
    cluster =
        EmbeddedCluster.start(
            ClusterSettings.in(directory.resolve("cluster")), Distribution.ofThisProcess());
    orthanc = new Orthanc(Files.createDirectory(directory.resolve("orthanc")));
    Dcmtk dcmtk = new Dcmtk(Files.createDirectory(directory.resolve("dcmtk")));
    radiographs =
        Radiograph.ofPhantoms(
            STUDIES, DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(ZoneOffset.UTC)));
    List<Path> files = new ArrayList<>();
    for (Radiograph each : radiographs) {
      files.add(dcmtk.write(each));
    }
    dcmtk.store(Orthanc.DICOM_PORT, files);
    Files.writeString(directory.resolve("password"), Orthanc.PASSWORD);
    Files.writeString(directory.resolve("key"), KEY);
  }

  @AfterEach
  void stop() throws Exception {
    orthanc.close();
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dicom", "--stow"})
  void shouldHaveOneReportInEachStudy(String way) throws Exception {
    KafkaConnection topics = topics(way.substring(2) + ".");
    publish(topics);
    String to =
        way.equals("--dicom")
            ? "ORTHANC@127.0.0.1:" + Orthanc.DICOM_PORT
            : orthanc.root() + "/dicom-web";
    for (String accession : accessions()) {
      score(topics, accession);
    }

    send(topics, "first", way, to);
    send(topics, "again", way, to);

    for (String study : studies()) {
      List<byte[]> reports = orthanc.files(study, "SR");
      assertThat(reports).as("one, though it was sent twice").hasSize(1);
      assertThat(new String(reports.get(0), StandardCharsets.ISO_8859_1))
          .contains("Imaging Measurement Report", "cardiomegaly", "0.625", "line-000040", study);
    }
  }

  @Test
  void shouldNameThePatientAsTheArchiveDoes() throws Exception {
    KafkaConnection topics = topics("patients.");
    publish(topics);
    Radiograph first = radiographs.get(0);
    score(topics, first.accession());

    send(topics, "one", "--dicom", "ORTHANC@127.0.0.1:" + Orthanc.DICOM_PORT);

    String report = new String(orthanc.files(first.study(), "SR").get(0), StandardCharsets.UTF_8);
    assertThat(report).contains(first.patient(), first.accession(), first.instance());
  }

  /** The views are not the archive's, which nobody compares: made-up studies under its numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"--dicom", "--stow"})
  void shouldHaveThePicturesOfAScoreOnce(String way) throws Exception {
    KafkaConnection topics = topics("maps-" + way.substring(2) + ".", 1);
    Path store = directory.resolve("store");
    scoreTuples(topics, store);
    Radiograph first = radiographs.get(0);
    note("study-5", first);
    String to =
        way.equals("--dicom")
            ? "ORTHANC@127.0.0.1:" + Orthanc.DICOM_PORT
            : orthanc.root() + "/dicom-web";
    sent = 1;

    send(topics, "first", way, to, "--maps-store=" + store, "--maps-above=0");
    send(topics, "again", way, to, "--maps-store=" + store, "--maps-above=0");

    assertThat(orthanc.files(first.study(), "SR")).hasSize(1);
    List<byte[]> pictures = orthanc.files(first.study(), "OT");
    assertThat(pictures).as("three findings of one view, though they were sent twice").hasSize(3);
    for (byte[] picture : pictures) {
      assertThat(new String(picture, StandardCharsets.ISO_8859_1))
          .contains("AI heat map, research only", "RESEARCH ONLY", "tiny-000000002")
          .contains(first.study(), first.patient(), first.accession());
    }
  }

  private void note(String studyId, Radiograph radiograph) throws IOException {
    try (CrosswalkWriter crosswalk =
        CrosswalkWriter.open(directory.resolve("crosswalk"), Pseudonymizer.withKey(KEY).key())) {
      crosswalk.note(
          studyId,
          new KnownStudy(
              radiograph.patient(), radiograph.accession(), radiograph.study(), List.of()));
    }
  }

  /** Sixteen studies, by a network that has learned from them for two steps. */
  private void scoreTuples(KafkaConnection topics, Path store) throws Exception {
    Path tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(topics, Topic.TUPLES_TRAIN, tokenizer, 16);
    List<String> train = new ArrayList<>(TupleTopic.train(topics, tokenizer, store));
    train.add("--steps=2");
    run(train);
    run(
        List.of(
            "score",
            "backfill",
            "--bootstrap=" + topics.bootstrap(),
            "--registry=" + topics.registry(),
            "--topic-prefix=" + topics.topics().prefix(),
            "--checkpoint=" + store.resolve("tiny/000000002"),
            "--topic=tuples.train",
            "--offsets=0:0-22"));
  }

  private void run(List<String> words) throws Exception {
    try (TrainerProcess process =
        TrainerProcess.start(
            TrainerProcess.command("io.radstream.cli.Radstream", JVM, words),
            directory.resolve("radstream-" + ++lives + ".log"))) {
      assertThat(process.exitCode()).as(process.said()).isZero();
    }
  }

  private Set<String> accessions() {
    return radiographs.stream().map(Radiograph::accession).collect(Collectors.toSet());
  }

  private Set<String> studies() {
    return radiographs.stream().map(Radiograph::study).collect(Collectors.toSet());
  }

  private KafkaConnection topics(String prefix) throws Exception {
    return topics(prefix, 2);
  }

  private KafkaConnection topics(String prefix, int partitions) throws Exception {
    KafkaConnection connection = cluster.connection();
    KafkaConnection own =
        new KafkaConnection(connection.bootstrap(), connection.registry(), new TopicNames(prefix));
    new TopicSetup(own).create(partitions);
    return own;
  }

  private TrainerProcess start(KafkaConnection topics, List<String> words) throws IOException {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--user", Orthanc.USER));
    all.addAll(List.of("--password-file", directory.resolve("password").toString()));
    all.addAll(List.of("--pseudonym-key-file", directory.resolve("key").toString()));
    all.addAll(List.of("--crosswalk", directory.resolve("crosswalk").toString()));
    all.addAll(List.of("--bootstrap", topics.bootstrap(), "--registry", topics.registry()));
    all.addAll(List.of("--topic-prefix", topics.topics().prefix(), "--json"));
    return TrainerProcess.start(
        TrainerProcess.command("io.radstream.cli.Radstream", JVM, all),
        directory.resolve("radstream-" + ++lives + ".log"));
  }

  private void publish(KafkaConnection topics) throws Exception {
    List<String> words =
        List.of("publish", "dicomweb", "--url", orthanc.root() + "/dicom-web", "--once");
    try (TrainerProcess publisher = start(topics, words)) {
      assertThat(publisher.exitCode()).as(publisher.said()).isZero();
      assertThat(publisher.said()).contains("Sent %d studies".formatted(radiographs.size()));
    }
  }

  /** Until each score is dealt with. */
  private void send(KafkaConnection topics, String name, String way, String to, String... more)
      throws Exception {
    int port = 19_100 + lives;
    List<String> words =
        Stream.concat(
                Stream.of(
                    "results", way, to, "--begin=first", "--name", name, "--metrics-port=" + port),
                Stream.of(more))
            .toList();
    try (TrainerProcess results = start(topics, words)) {
      boolean done =
          results.reaches(() -> Scrape.of(port, "radstream_results_delivered_total") >= sent, LOOK);
      assertThat(done).as(results.said()).isTrue();
      ProcessHandle.of(results.pid()).orElseThrow().destroy();
      assertThat(results.exitCode()).as(results.said()).isEqualTo(143);
    }
  }

  private void score(KafkaConnection topics, String accession) throws Exception {
    String studyId = Pseudonymizer.withKey(KEY).study(new StudyNames("").study(accession, ""));
    StudyScore score =
        StudyScore.newBuilder()
            .setStudyId(studyId)
            .setCheckpointId("line-000040")
            .setProbabilities(new LinkedHashMap<>(Map.of("cardiomegaly", 0.625)))
            .setLatencyMillis(20)
            .setTime(Instant.parse("2026-03-04T05:06:07Z"))
            .setRevision(2)
            .build();
    String topic = topics.topics().of(Topic.SCORES);
    try (Producer<String, byte[]> producer = KafkaClients.of(topics).producer();
        Serializer<StudyScore> serializer = RecordSerde.of(StudyScore.class, topics).serializer()) {
      producer.send(new ProducerRecord<>(topic, studyId, serializer.serialize(topic, score))).get();
    }
    sent++;
  }
}

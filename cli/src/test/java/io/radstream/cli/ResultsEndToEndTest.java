package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.topics.RecordSearch;
import io.radstream.producers.asking.GrowingPauses;
import io.radstream.producers.crosswalk.CrosswalkReader;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.results.delivery.Begin;
import io.radstream.results.delivery.Delivery;
import io.radstream.results.delivery.Withdrawals;
import io.radstream.results.destination.Destination;
import io.radstream.results.destination.Timeouts;
import io.radstream.results.fhir.FhirDestination;
import io.radstream.results.fhir.FhirFolder;
import io.radstream.results.fhir.FhirNames;
import io.radstream.results.hl7.MllpAddress;
import io.radstream.results.hl7.MllpDestination;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ResultsEndToEndTest {

  private static final GrowingPauses PAUSES =
      new GrowingPauses(Duration.ofMillis(10), Duration.ofMillis(200));

  private static final Duration LOOK = Duration.ofMillis(10);

  @TempDir Path site;

  private KafkaConnection cluster;

  @BeforeEach
  void beginAnew(KafkaConnection shared, TestInfo test) throws Exception {
    cluster =
        new KafkaConnection(
            shared.bootstrap(),
            shared.registry(),
            new TopicNames(
                shared.topics().prefix() + test.getTestMethod().orElseThrow().getName() + "."));
    new TopicSetup(cluster).create(2);
  }

  /** All was sent, and the last answer had not come. */
  @Test
  void shouldSendTheSameOnceMoreWhereItWasKilledBeforeTheAnswer() throws Exception {
    publish("3");
    score("3", 0.75);
    try (AnsweringServer server = new AnsweringServer(200)) {
      server.keepSilentOn("DiagnosticReport");
      Process first = results("--fhir", server.uri().toString());
      until(() -> server.taken().size() == 3);
      first.destroyForcibly().waitFor();
      server.keepSilentOnNothing();
      Path out = site.resolve("out");
      Process second = results("--fhir", server.uri().toString(), "--fhir-dir", out.toString());
      try {
        until(() -> server.taken().size() == 6);
        score("3", 0.75);
        until(() -> server.taken().size() == 9 && !files(out).isEmpty());
      } finally {
        CommandProcess.terminate(second);
      }

      assertThat(second.waitFor()).isEqualTo(CommandProcess.TERMINATED);
      List<String> taken = server.taken();
      assertThat(taken).hasSize(9);
      assertThat(taken.subList(3, 6)).isEqualTo(taken.subList(0, 3));
      assertThat(taken.subList(6, 9)).isEqualTo(taken.subList(0, 3));
      requireNumbersOfTheSite(out);
    }
  }

  private void requireNumbersOfTheSite(Path out) throws IOException {
    assertThat(files(out)).hasSize(1);
    JsonNode report = entry(files(out).get(0), "DiagnosticReport");
    assertThat(report.at("/subject/identifier/value").asText()).isEqualTo("P3");
    assertThat(report.at("/basedOn/0/identifier/value").asText()).isEqualTo("ACC3");
    assertThat(report.at("/imagingStudy/0/identifier/value").asText()).isEqualTo("urn:oid:1.2.3.3");
    assertThat(Files.readString(site.resolve("results.log")))
        .contains("Sending results to fhir, fhir-files")
        .doesNotContain("ACC3", "1.2.3.3");
  }

  @Test
  void shouldHoldUpNobodyElseWhereOneDestinationIsAway() throws Exception {
    publish("3");
    score("3", 0.75);
    Path out = site.resolve("out");
    try (CrosswalkReader studies = studies();
        Withdrawals withdrawals = Withdrawals.follow(cluster);
        AnsweringServer server = new AnsweringServer(503);
        Delivery away =
            delivery(new FhirDestination(server.receiver(), FhirNames.NONE), studies, withdrawals);
        Delivery there = delivery(new FhirFolder(out, FhirNames.NONE), studies, withdrawals)) {
      away.start();
      there.start();
      until(() -> there.status().delivered() == 1 && away.status().retries() > 2);
      assertThat(away.status().away()).isEqualTo("HTTP 503");

      server.answer(200);

      until(() -> away.status().delivered() == 1);
      assertThat(away.status().away()).isEmpty();
    }
  }

  @Test
  void shouldAskSilentReceiversAgainAndEndThoughTheyKeepSilent() throws Exception {
    publish("3");
    score("3", 0.75);
    Timeouts little = new Timeouts(Duration.ofSeconds(10), Duration.ofMillis(50));
    try (CrosswalkReader studies = studies();
        Withdrawals withdrawals = Withdrawals.follow(cluster);
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Delivery hasty = delivery(receiver(silent, little), studies, withdrawals)) {
      Delivery patient =
          Delivery.of(
              cluster,
              "patient",
              Begin.FIRST,
              receiver(other, Timeouts.USUAL),
              studies,
              withdrawals,
              PAUSES);
      hasty.start();
      until(() -> hasty.status().retries() > 2);
      assertThat(hasty.status().away()).isEqualTo("no answer in time");
      patient.start();
      try (Socket asked = other.accept()) {
        patient.close(Duration.ofMillis(100));

        assertThat(asked.isConnected()).isTrue();
        assertThat(patient.isRunning()).isTrue();
      }
      until(() -> !patient.isRunning());
    }
  }

  private static Destination receiver(ServerSocket socket, Timeouts timeouts) {
    String address = "127.0.0.1:" + socket.getLocalPort();
    return new MllpDestination(MllpAddress.parse(address, "", "", Optional.empty()).with(timeouts));
  }

  @Test
  void shouldSetAsideWhatIsRefusedForGood() throws Exception {
    publish("3", "5");
    score("3", 0.75);
    try (CrosswalkReader studies = studies();
        Withdrawals withdrawals = Withdrawals.follow(cluster);
        AnsweringServer server = new AnsweringServer(422);
        Delivery delivery =
            delivery(
                new FhirDestination(server.receiver(), FhirNames.NONE), studies, withdrawals)) {
      delivery.start();
      until(() -> delivery.status().refused() == 1);
      server.answer(200);
      score("5", 0.25);

      until(() -> delivery.status().delivered() == 1);

      String rejected = new RecordSearch(cluster, Topic.SCORES_REJECTED).newest(10).toString();
      assertThat(rejected).contains("fhir: HTTP 422").doesNotContain("ACC3", "P3");
    }
  }

  @Test
  void shouldCountWhatItKnowsNothingOf() throws Exception {
    publish("3");
    Invocation forgot =
        Invocation.of(
            "crosswalk", "forget", "--demo-key", "--accession=ACC3", "--crosswalk=" + crosswalk());
    Invocation again =
        Invocation.of(
            "crosswalk", "forget", "--demo-key", "--accession=ACC3", "--crosswalk=" + crosswalk());
    score("3", 0.75);
    score("9", 0.5);
    score("9", Double.NaN);
    try (CrosswalkReader studies = studies();
        Withdrawals withdrawals = Withdrawals.follow(cluster);
        Delivery delivery =
            delivery(new FhirFolder(site.resolve("out"), FhirNames.NONE), studies, withdrawals)) {

      delivery.start();

      until(() -> delivery.status().skipped().size() == 3);
      assertThat(delivery.status().skipped())
          .isEqualTo(Map.of("forgotten", 1L, "unknown", 1L, "impossible", 1L));
    }
    assertThat(forgot.exitCode()).describedAs(forgot.err()).isEqualTo(Radstream.DONE);
    assertThat(again.exitCode()).isEqualTo(Radstream.FAILED);
  }

  @Test
  void shouldSendNothingOfAStudyThatWasWithdrawn() throws Exception {
    publish("3", "5");
    score("3", 0.75);
    score("5", 0.25);
    withdraw("3");
    Path out = site.resolve("out");
    try (CrosswalkReader studies = studies();
        Withdrawals withdrawals = Withdrawals.follow(cluster);
        Delivery delivery = delivery(new FhirFolder(out, FhirNames.NONE), studies, withdrawals)) {

      delivery.start();

      until(() -> delivery.status().delivered() + skipped(delivery) == 2);
      assertThat(delivery.status().skipped()).isEqualTo(Map.of("withdrawn", 1L));
      assertThat(files(out)).hasSize(1);
    }
  }

  private static long skipped(Delivery delivery) {
    return delivery.status().skipped().values().stream().mapToLong(it -> it).sum();
  }

  private void withdraw(String number) throws Exception {
    Invocation withdrawn =
        Invocation.on(
            cluster, "withdraw", "--study=" + studyId(number), "--even-if-unknown", "--settle=0s");
    assertThat(withdrawn.exitCode()).describedAs(withdrawn.err()).isEqualTo(Radstream.DONE);
  }

  @Test
  void shouldBeginWithWhatComesFromNowOn() throws Exception {
    publish("3", "5");
    score("3", 0.75);
    try (CrosswalkReader studies = studies();
        Withdrawals withdrawals = Withdrawals.follow(cluster);
        Delivery delivery =
            Delivery.of(
                cluster,
                "later",
                Begin.NOW,
                new FhirFolder(site.resolve("out"), FhirNames.NONE),
                studies,
                withdrawals,
                PAUSES)) {
      delivery.start();
      until(delivery::hasBegun);

      score("5", 0.25);

      until(() -> delivery.status().delivered() == 1);
      JsonNode report = entry(files(site.resolve("out")).get(0), "DiagnosticReport");
      assertThat(report.at("/basedOn/0/identifier/value").asText()).isEqualTo("ACC5");
    }
  }

  @Test
  void shouldTellThatNothingCanBeSentWithoutACrosswalk() {
    Invocation none = Invocation.on(cluster, "results", "--demo-key", "--fhir-dir=" + site);
    Invocation nowhere = Invocation.on(cluster, "results", "--demo-key", "--crosswalk=" + site);

    assertThat(none.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(none.err()).contains("without a crosswalk");
    assertThat(nowhere.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(nowhere.err()).contains("--fhir-dir");
  }

  private Path crosswalk() {
    return site.resolve("crosswalk");
  }

  private CrosswalkReader studies() throws IOException {
    return CrosswalkReader.open(crosswalk(), Pseudonymizer.demo().key());
  }

  private Delivery delivery(
      Destination destination, CrosswalkReader studies, Withdrawals withdrawals) {
    return Delivery.of(
        cluster, destination.name(), Begin.FIRST, destination, studies, withdrawals, PAUSES);
  }

  private void publish(String... numbers) throws IOException {
    Path images = Files.createDirectories(site.resolve("images"));
    for (String number : numbers) {
      Files.write(images.resolve(number + ".dcm"), new SmallRadiograph(number, "CHEST").file());
    }
    Invocation published =
        Invocation.on(
            cluster,
            "publish",
            "dicom",
            "--demo-key",
            "--path=" + images,
            "--crosswalk=" + crosswalk());
    assertThat(published.exitCode()).describedAs(published.err()).isEqualTo(Radstream.DONE);
  }

  private static String studyId(String number) throws Exception {
    return Pseudonymizer.demo().study(new StudyNames("").study("ACC" + number, ""));
  }

  private void score(String number, double probability) throws Exception {
    String studyId = studyId(number);
    StudyScore score =
        StudyScore.newBuilder()
            .setStudyId(studyId)
            .setCheckpointId("line-000040")
            .setProbabilities(Map.of("cardiomegaly", probability))
            .setLatencyMillis(20)
            .setTime(Instant.parse("2026-03-04T05:06:07Z"))
            .setRevision(2)
            .build();
    String topic = cluster.topics().of(Topic.SCORES);
    try (Producer<String, byte[]> producer = KafkaClients.of(cluster).producer();
        Serializer<StudyScore> serializer =
            RecordSerde.of(StudyScore.class, cluster).serializer()) {
      producer.send(new ProducerRecord<>(topic, studyId, serializer.serialize(topic, score))).get();
    }
  }

  private Process results(String... destination) throws IOException {
    // As soon as brokers allow it, a process that was killed is missed.
    Path clients =
        Files.writeString(site.resolve("client.properties"), "session.timeout.ms=6000\n");
    List<String> words =
        new ArrayList<>(List.of("results", "--demo-key", "--begin=first", "--kafka-config"));
    words.add(clients.toString());
    words.add("--crosswalk=" + crosswalk());
    words.addAll(List.of(destination));
    return CommandProcess.on(cluster, words.toArray(String[]::new))
        .redirectErrorStream(true)
        .redirectOutput(site.resolve("results.log").toFile())
        .start();
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      // Whoever waits without a pause takes a core from what is waited for.
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(it -> it.getFileName().toString().endsWith(".json")).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static JsonNode entry(Path file, String type) throws IOException {
    for (JsonNode entry : new ObjectMapper().readTree(file.toFile()).get("entry")) {
      if (entry.at("/resource/resourceType").asText().equals(type)) {
        return entry.get("resource");
      }
    }
    throw new AssertionError("there is no " + type);
  }
}

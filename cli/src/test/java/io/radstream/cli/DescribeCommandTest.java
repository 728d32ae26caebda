package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Data cards of topics of a real broker. */
@ExtendWith(SharedCluster.class)
class DescribeCommandTest {

  @TempDir private Path directory;

  /** 12 patients of two studies each: one with a German report and a label, one with an English. */
  @Test
  void shouldTellWhatTheStudiesAreLike(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = published(cluster, "many.", 12);

    JsonNode card = Invocation.on(connection, "describe", "studies").json();

    assertThat(card.at("/totals/studies").asInt()).isEqualTo(24);
    assertThat(card.at("/totals/patients").asInt()).isEqualTo(12);
    assertThat(card.at("/totals/views").asInt()).isEqualTo(24);
    assertThat(card.at("/totals/withdrawn").asInt()).isZero();
    assertThat(card.at("/parts/languages/de").asInt()).isEqualTo(12);
    assertThat(card.at("/parts/languages/en").asInt()).isEqualTo(12);
    assertThat(card.at("/parts/reports/with").asInt()).isEqualTo(24);
    assertThat(card.at("/parts/projections/PA").asInt()).isEqualTo(24);
    assertThat(card.at("/parts/views_a_study/1").asInt()).isEqualTo(24);
    assertThat(card.at("/findings/effusion/labelled").asInt()).isEqualTo(24);
    assertThat(card.at("/findings/effusion/present").asInt()).isEqualTo(12);
    assertThat(card.at("/offsets")).isNotEmpty();
  }

  @Test
  void shouldHideWhatIsOfFewAndWhatWouldTellIt(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = published(cluster, "few.", 3);

    Invocation hidden = Invocation.on(connection, "describe", "studies");
    JsonNode told = Invocation.on(connection, "describe", "studies", "--min-cell=1").json();

    assertThat(hidden.json().at("/totals/studies").asInt()).isEqualTo(6);
    assertThat(hidden.json().at("/totals/patients").isNull()).isTrue();
    assertThat(hidden.json().at("/parts/languages/de").isNull()).isTrue();
    assertThat(hidden.json().at("/findings/effusion/labelled").asInt()).isEqualTo(6);
    assertThat(hidden.json().at("/findings/effusion/present").isNull()).isTrue();
    assertThat(hidden.json().at("/spreads")).isEmpty();
    assertThat(told.at("/totals/patients").asInt()).isEqualTo(3);
    assertThat(told.at("/parts/languages/de").asInt()).isEqualTo(3);
  }

  @Test
  void shouldWriteAPageThatNamesNobody(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = published(cluster, "page.", 12);
    Path page = directory.resolve("card.md");

    Invocation written = Invocation.on(connection, "describe", "studies", "--out=" + page);
    Invocation again = Invocation.on(connection, "describe", "studies", "--out=" + page);

    assertThat(written.exitCode()).describedAs(written.err()).isEqualTo(Radstream.DONE);
    assertThat(Files.readString(page))
        .contains("# Data card: studies", "| studies | 24 |", "| patients | 12 |")
        .contains("| effusion | 24 | 12 | 50.0 % |")
        .doesNotContain("patient-", "Erguss", "study-");
    assertThat(again.exitCode()).isNotEqualTo(Radstream.DONE);
  }

  @Test
  void shouldDescribeTuplesByTheirNewestRevision(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "tuples.");
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 24);
    Invocation.on(connection, "withdraw", "--study=study-3", "--settle=0s");

    JsonNode card = Invocation.on(connection, "describe", "tuples.train", "--min-cell=1").json();

    assertThat(card.at("/totals/studies").asInt()).isEqualTo(23);
    assertThat(card.at("/totals/withdrawn").asInt()).isEqualTo(1);
    assertThat(card.at("/parts/languages").isMissingNode()).isTrue();
    assertThat(card.at("/spreads/report_tokens/middle").asInt()).isPositive();
  }

  @Test
  void shouldTellOnWhichTermsAKnownCollectionIsGiven(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "terms.");
    new TopicSetup(connection).create(1);
    send(connection, "openi");
    send(connection, "ward");

    Invocation told = Invocation.on(connection, "describe", "studies", "--min-cell=1");

    assertThat(told.json().at("/terms/openi").asText()).startsWith("CC BY-NC-ND 4.0");
    assertThat(told.json().at("/terms/ward").isNull()).isTrue();
    assertThat(told.out())
        .contains("| openi | CC BY-NC-ND 4.0, as each file says |", "| ward | not known |");
  }

  private static void send(KafkaConnection connection, String source) throws Exception {
    String topic = connection.topics().of(Topic.STUDIES);
    Study study =
        Study.newBuilder()
            .setStudyId("study-of-" + source)
            .setPatientId("patient-of-" + source)
            .setSource(source)
            .setReport(
                Report.newBuilder()
                    .setText("No effusion.")
                    .setStatus(ReportStatus.FINAL)
                    .setVersion(1)
                    .build())
            .build();
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, connection);
        Producer<String, byte[]> producer = KafkaClients.of(connection).producer()) {
      byte[] value = serde.serializer().serialize(topic, study);
      producer.send(new ProducerRecord<>(topic, study.getStudyId(), value)).get();
    }
  }

  @Test
  void shouldRefuseATopicThatHoldsNoStudies(KafkaConnection cluster) {
    Invocation labels = Invocation.on(cluster, "describe", "labels");
    Invocation nothing = Invocation.on(cluster, "describe", "studies", "--min-cell=0");
    Invocation both = Invocation.on(cluster, "describe", "studies", "--checkpoint=d");

    assertThat(labels.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(labels.err()).contains("studies, tuples.train or tuples.validation");
    assertThat(nothing.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(both.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(both.err()).contains("leave out TOPIC");
  }

  @Test
  void shouldSayThatTheTopicIsMissing(KafkaConnection cluster) {
    Invocation missing =
        Invocation.on(TupleTopic.prefixed(cluster, "nowhere."), "describe", "studies");

    assertThat(missing.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(missing.err()).contains("nowhere.studies does not exist");
  }

  private KafkaConnection published(KafkaConnection cluster, String prefix, int patients)
      throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, prefix);
    new TopicSetup(connection).create(2);
    Files.write(
        directory.resolve("view.png"), ImageEncoder.png(new GrayImage(64, 64, new byte[64 * 64])));
    String lines =
        IntStream.range(0, patients)
            .mapToObj(
                i ->
                    """
                    {"patient": "patient-%1$d", "study": "study-%1$d-a", "images": [{"file": "view.png", "view": "PA"}], "text": "Kleiner Erguss links, die Lunge ist frei.", "labels": {"effusion": 1}}
                    {"patient": "patient-%1$d", "study": "study-%1$d-b", "images": [{"file": "view.png", "view": "PA"}], "text": "There is no effusion, the lungs are clear.", "labels": {"effusion": 0}}
                    """
                        .formatted(i))
            .collect(Collectors.joining());
    Path file = Files.writeString(directory.resolve(prefix + "jsonl"), lines);
    Invocation.on(connection, "publish", "jsonl", "--path=" + file, "--view-size=64").json();
    return connection;
  }
}

package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.publish.RefusedList;
import io.radstream.cli.publish.RunningCounts;
import io.radstream.cli.topics.RecordSearch;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.dicom.listen.AeTitle;
import io.radstream.producers.dicom.listen.CallingPeers;
import io.radstream.producers.dicom.listen.DicomListener;
import io.radstream.producers.dicom.listen.ListenConfig;
import io.radstream.producers.dicom.listen.ListenConfig.Limits;
import io.radstream.producers.dicom.listen.ListenConfig.Timeouts;
import io.radstream.producers.dicom.listen.UnwantedAnswer;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.producers.publish.StudyPublisher.Manner;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedCluster.class)
class PublishDicomListenTest {

  private static final Pseudonymizer PSEUDONYMS = Pseudonymizer.demo();

  @Test
  void shouldStoreWhatIsSentOnceAndListWhatIsRefused(KafkaConnection cluster, @TempDir Path site)
      throws Exception {
    new TopicSetup(cluster).create(1);
    SmallRadiograph chest = new SmallRadiograph("3", "CHEST");
    SmallRadiograph hand = new SmallRadiograph("5", "HAND");
    Path refused = site.resolve("refused.jsonl");
    List<Integer> answers = new ArrayList<>();

    PublishSummary summary =
        publish(
            cluster,
            refused,
            sender -> {
              answers.add(sender.store(chest));
              answers.add(sender.store(chest));
              answers.add(sender.store(hand));
            });

    assertThat(answers).containsExactly(0x0000, 0x0000, 0xB006);
    assertThat(summary.sent()).isEqualTo(1);
    assertThat(new RecordSearch(cluster, Topic.STUDIES).newest(10))
        .extracting(record -> record.key().orElseThrow())
        .containsExactly(PSEUDONYMS.study(new StudyNames("").study("ACC3", "")));
    JsonNode line = new ObjectMapper().readTree(Files.readString(refused));
    assertThat(line.get("item").asText()).isEqualTo(hand.instance());
    assertThat(line.get("peer").asText()).isEqualTo("CT1@127.0.0.1");
    assertThat(line.get("reason").asText()).isEqualTo("OTHER_EXAMINATION");
  }

  @FunctionalInterface
  private interface Sending {
    void send(StoreSender sender) throws IOException;
  }

  private static PublishSummary publish(KafkaConnection cluster, Path refused, Sending sending)
      throws Exception {
    InstantSource clock = InstantSource.system();
    ListenConfig config =
        new ListenConfig(
            "127.0.0.1",
            0,
            new AeTitle("RADSTREAM"),
            CallingPeers.of(List.of()),
            new Limits(4, 1 << 20, 1 << 24),
            Timeouts.DEFAULT,
            Optional.empty(),
            UnwantedAnswer.WARNING);
    Manner manner = new Manner(PSEUDONYMS, 64, List.of());
    try (RadiographReader reader =
            new RadiographReader(new StudyNames(""), BodyParts.CHEST, PictureRule.NONE);
        StudyPublisher publisher = StudyPublisher.named("gate", cluster, manner, clock);
        RunningCounts counts =
            new RunningCounts("gate", Optional.of(RefusedList.open(refused, clock)), clock)) {
      DicomListener listener = new DicomListener(config, reader, new Placements(PSEUDONYMS), clock);
      CompletableFuture<PublishSummary> summary =
          CompletableFuture.supplyAsync(() -> publisher.publish(listener, counts));
      int port = listener.port().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      try (StoreSender sender = new StoreSender(port)) {
        sending.send(sender);
      } finally {
        listener.close();
      }
      return summary.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  private static Invocation run(String... options) {
    List<String> words = new ArrayList<>(List.of("publish", "dicom-listen", "--demo-key"));
    words.addAll(List.of(options));
    return Invocation.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host=0.0.0.0 | who may send is not said",
        "--port=70000 | 0 to 65535 are ports",
        "--aet=A_TITLE_THAT_IS_TOO_LONG | an AE title has 1 to 16",
        "--allow=A\\B | an AE title has 1 to 16",
        "--allow=CR@no.such.host.invalid | the host no.such.host.invalid is not known",
        "--max-connections=0 | at least one association",
        "--max-size=200000 | give Java more with -Xmx",
        "--idle-timeout=0s | too short",
        "--tls-key-store=keys.p12 | keys.p12: there is no such file",
        "--tls-trust-store=trust.p12 | only with --tls-key-store",
        "--unwanted=MAYBE | expected one of [WARNING, SUCCESS, FAILURE]",
      })
  void shouldSayWhatIsWrongWithAnOption(String option, String message) {

    Invocation invocation = run(option);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message);
  }

  @Test
  void shouldNameAKeyStoreThatIsNone(@TempDir Path directory) throws Exception {
    Path keys = Files.writeString(directory.resolve("keys.p12"), "none");
    Path password = Files.writeString(directory.resolve("password"), "very secret\n");

    Invocation invocation = run("--tls-key-store=" + keys, "--tls-password-file=" + password);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("keys.p12").doesNotContain("very secret");
  }
}

package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.publish.RefusedList;
import io.radstream.cli.publish.RunningCounts;
import io.radstream.producers.hl7.Hl7Source;
import io.radstream.producers.hl7.Hl7Source.Reading;
import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.PublishProgress;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.producers.publish.StudyPublisher.Manner;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
class PublishHl7CommandTest {

  private static final Pseudonymizer PSEUDONYMS = Pseudonymizer.demo();

  @Test
  void shouldAcknowledgeWhatIsOnTheTopicsAndSendNothingTwice(KafkaConnection cluster)
      throws Exception {
    new TopicSetup(cluster).create(1);

    PublishSummary first = publish(cluster, report("C1", "ACC1"), report("C2", "ACC1"), merge());
    PublishSummary second = publish(cluster, report("C3", "ACC1"), report("C4", "ACC2"), merge());

    assertThat(first.sent()).isEqualTo(1);
    // The report has moved to another accession number; all else was known.
    assertThat(second.sent()).isEqualTo(1);
    assertThat(first.complete() && second.complete()).isTrue();
  }

  /** MSH-3 and MSH-4 are what a sender likes to put there. */
  @Test
  void shouldTellTheSiteAloneHowTheSenderOfARefusedMessageCallsItself(
      KafkaConnection cluster, @TempDir Path site) throws Exception {
    new TopicSetup(cluster).create(1);
    Path refused = site.resolve("refused.jsonl");
    InstantSource clock = InstantSource.system();
    String withoutPatient =
        report("C9", "ACC9").replace("|RIS|HOSP|", "|MUELLER|HANS^19620304|").replace("MRN1", "");

    try (CapturedLog log = new CapturedLog();
        RunningCounts counts =
            new RunningCounts("hl7", Optional.of(RefusedList.open(refused, clock)), clock)) {
      publish(cluster, counts, "AR", withoutPatient);

      assertThat(log.lines())
          .contains("127.0.0.1: refused INVALID_RECORD")
          .noneMatch(it -> it.contains("MUELLER") || it.contains("HANS") || it.contains("ACC9"));
    }
    assertThat(Files.readString(refused)).contains("\"peer\":\"MUELLER^HANS^19620304@127.0.0.1\"");
  }

  private static PublishSummary publish(KafkaConnection cluster, String... messages)
      throws Exception {
    return publish(cluster, PublishProgress.NONE, "AA", messages);
  }

  /**
   * @param code that each message is to be answered with
   */
  private static PublishSummary publish(
      KafkaConnection cluster, PublishProgress progress, String code, String... messages)
      throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Reading reading =
        new Reading(
            new CharacterSets(Optional.empty()), ReportRules.USUAL, new StudyNames(""), PSEUDONYMS);
    Hl7Source source =
        new Hl7Source(MllpSettings.local(0), reading, InstantSource.system(), port::complete);
    Manner manner = new Manner(PSEUDONYMS, 64, List.of());
    try (StudyPublisher publisher =
        StudyPublisher.named("hl7", cluster, manner, InstantSource.system())) {
      CompletableFuture<PublishSummary> summary =
          CompletableFuture.supplyAsync(() -> publisher.publish(source, progress));
      try (Socket sender =
          new Socket(
              InetAddress.getLoopbackAddress(), port.orTimeout(60, TimeUnit.SECONDS).join())) {
        for (String message : messages) {
          assertThat(answer(sender, message)).contains("MSA|" + code + "|");
        }
      } finally {
        source.close();
      }
      return summary.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  private static String answer(Socket sender, String message) throws IOException {
    sender.setSoTimeout(60_000);
    byte[] framed = ("\u000B" + message + "\u001C\r").getBytes(StandardCharsets.UTF_8);
    sender.getOutputStream().write(framed);
    InputStream in = sender.getInputStream();
    StringBuilder answer = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != 0x1C; next = in.read()) {
      answer.append((char) next);
    }
    assertThat(in.read()).isEqualTo('\r');
    return answer.toString();
  }

  private static String report(String id, String accession) {
    return "MSH|^~\\&|RIS|HOSP|||20260102030405||ORU^R01|"
        + id
        + "|P|2.5\rPID|1||MRN1\rOBR|1||FILL1|XR||||||||||||||"
        + accession
        + "||||20260102030000|||F\rOBX|1|TX|XR||The lungs are clear.||||||F\r";
  }

  private static String merge() {
    return "MSH|^~\\&|RIS|HOSP|||20260102030405||ADT^A40|M1|P|2.5\rPID|1||MRN1\rMRG|OLD1\r";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--accession-fields=OBR18; not a field such as OBR-18",
        "--zone=Nowhere; not a time zone such as Europe/Berlin",
        "--charset=klingon; not a character set such as windows-1252",
        "--port=70000; the port is between 0 and 65535",
        "--max-size=0; between 1 and 256",
        "--tls-key-store=listener.p12; listener.p12: there is no such file",
        "--tls-trust-store=senders.p12; only with --tls-key-store",
        "--burned-in=KEEP; Unknown option",
        "--view-size=64; Unknown option"
      })
  void shouldSayWhichOptionIsWrong(String option, String message) {
    Invocation invocation = Invocation.of("publish", "hl7", "--demo-key", option);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message);
  }
}

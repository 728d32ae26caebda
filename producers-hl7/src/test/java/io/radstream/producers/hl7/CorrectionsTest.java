package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.radstream.producers.publish.Retraction;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Merged;
import io.radstream.producers.publish.SourceItem.Retracted;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionsTest {

  private static final String EARLIER = "20260102030000";
  private static final String LATER = "20260102040000";
  private static final String LATEST = "20260102050000";

  private final RecordingSink sink = RecordingSink.atOnce();
  private Listening listening;

  @BeforeEach
  void listen() {
    listening = Listening.with(sink);
  }

  @AfterEach
  void stop() {
    listening.close();
  }

  @Test
  void shouldSendNothingTwice() throws Exception {
    send("C1", "ACC1", "F", EARLIER);
    sink.forgetItems();

    String answer = send("C2", "ACC1", "F", EARLIER);

    assertThat(answer).contains("MSA|AA|C2");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldSendNothingTwiceAfterARestart() throws Exception {
    send("C1", "ACC1~ACC2", "F", EARLIER);
    sink.forgetItems();
    listening.close();

    try (Listening restarted = Listening.with(sink)) {
      restarted.send(Messages.simple("C1", "ACC1~ACC2", "F", EARLIER));
    }

    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldSendWhatTheClusterDidNotTakeAgain() throws Exception {
    RecordingSink held = RecordingSink.held();
    try (Listening other = Listening.with(held);
        MllpClient client = other.connect()) {
      client.send(Messages.simple("C1"));
      held.next().receipt().failed("away");
      client.answer();

      client.send(Messages.simple("C1"));

      held.settle(held.next());
      assertThat(client.answer()).contains("MSA|AA|C1");
      assertThat(held.found()).hasSize(1);
    }
  }

  @Test
  void shouldTakeACorrectionOfAReportThatSaysItWasWrittenIn2099() throws Exception {
    send("C1", "ACC1", "F", "20990101000000");
    sink.forgetItems();

    send("C2", "ACC2", "C", LATER);

    assertThat(found()).containsExactly(pseudonym("ACC2"));
  }

  @Test
  void shouldMoveAReportWhoseAccessionNumberIsCorrected() throws Exception {
    send("C1", "ACC1", "F", EARLIER);
    sink.forgetItems();

    send("C2", "ACC2", "C", LATER);

    assertThat(sink.acknowledged()).hasSize(1);
    assertThat(sink.items()).hasSize(2);
    assertThat(retracted()).containsExactly(pseudonym("ACC1"));
    assertThat(found()).containsExactly(pseudonym("ACC2"));
    assertThat(sink.items().get(0)).isInstanceOf(Retracted.class);
  }

  @Test
  void shouldLeaveAReportWhereItIsWhenAnOlderMessageComesLate() throws Exception {
    send("C1", "ACC2", "C", LATER);
    sink.forgetItems();

    String answer = send("C2", "ACC1", "F", EARLIER);

    assertThat(answer).contains("MSA|AA|C2");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldTellOrdersOfTwoSystemsApart() throws Exception {
    listening.send(Messages.simple("C1").replace("FILL1", "1001^RIS1"));

    listening.send(Messages.simple("C2", "ACC2", "F", EARLIER).replace("FILL1", "1001^RIS2"));

    assertThat(retracted()).isEmpty();
    assertThat(found()).containsExactly(pseudonym("ACC1"), pseudonym("ACC2"));
  }

  @Test
  void shouldMoveOneOfTwoStudies() throws Exception {
    send("C1", "ACC1~ACC2", "F", EARLIER);
    sink.forgetItems();

    send("C2", "ACC2~ACC3", "F", EARLIER);

    assertThat(sink.acknowledged()).hasSize(1);
    assertThat(sink.items().subList(0, 2)).allMatch(Retracted.class::isInstance);
    assertThat(retracted()).containsExactlyInAnyOrder(pseudonym("ACC1"), pseudonym("ACC2"));
    assertThat(found()).containsExactlyInAnyOrder(pseudonym("ACC2"), pseudonym("ACC3"));
  }

  @Test
  void shouldLeaveAStudyThatAReportIsNoLongerOf() throws Exception {
    send("C1", "ACC1~ACC2", "F", EARLIER);
    sink.forgetItems();
    send("C2", "ACC1", "F", EARLIER);
    List<String> left = retracted();
    boolean sentAgain = !found().isEmpty();
    sink.forgetItems();

    send("C3", "ACC1~ACC2", "F", EARLIER);

    assertThat(left).containsExactly(pseudonym("ACC2"));
    assertThat(sentAgain).isFalse();
    assertThat(found()).containsExactly(pseudonym("ACC2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X", "F"})
  void shouldWithdrawAReport(String status) throws Exception {
    send("C1", "ACC1~ACC2", "F", EARLIER);
    sink.forgetItems();

    // Cancelled as a whole, or each of its observations deleted.
    String answer =
        listening.send(
            Messages.report(
                "C2",
                Messages.obr("ACC1~ACC2", status),
                List.of(Messages.obx(1, "TX", "X", "The lungs are clear.", "D"))));

    assertThat(answer).contains("MSA|AA|C2");
    assertThat(retracted()).containsExactly(pseudonym("ACC1"), pseudonym("ACC2"));
    assertThat(sink.of(Retracted.class))
        .extracting(it -> it.retraction().reportIds())
        .containsOnly(List.of(reportId("FILL1")));
    assertThat(found()).isEmpty();
  }

  @Test
  void shouldWithdrawOneOfTwoOrdersReportsOfAStudy() throws Exception {
    send("C1", "ACC1", "F", EARLIER);
    listening.send(Messages.simple("C2").replace("FILL1", "FILL2"));
    assertThat(sink.found())
        .extracting(it -> it.part().report().orElseThrow().getReportId())
        .containsExactly(reportId("FILL1"), reportId("FILL2"));
    sink.forgetItems();

    listening.send(Messages.simple("C3", "ACC1", "X", LATER).replace("FILL1", "FILL2"));

    assertThat(retracted()).containsExactly(pseudonym("ACC1"));
    Retraction retraction = sink.of(Retracted.class).get(0).retraction();
    assertThat(retraction.reportIds()).containsExactly(reportId("FILL2"));
    assertThat(retraction.allReports()).isFalse();
  }

  @Test
  void shouldTakeAReportAgainThatWasWithdrawn() throws Exception {
    send("C1", "ACC1", "F", EARLIER);
    send("C2", "ACC1", "X", LATER);
    sink.forgetItems();

    send("C3", "ACC1", "F", LATEST);

    assertThat(found()).containsExactly(pseudonym("ACC1"));
  }

  @Test
  void shouldNotTakeAReportAgainThatIsNoNewerThanItsWithdrawal() throws Exception {
    send("C1", "ACC1", "F", EARLIER);
    send("C2", "ACC1", "X", EARLIER);
    sink.forgetItems();

    send("C3", "ACC1", "F", EARLIER);

    assertThat(found()).isEmpty();
  }

  @Test
  void shouldWithdrawNothingThatIsNotKnown() throws Exception {
    String answer = send("C1", "ACC1", "X", EARLIER);

    assertThat(answer).contains("MSA|AA|C1");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldMoveAReportToAnotherPatient() throws Exception {
    send("C1", "ACC1", "F", EARLIER);
    sink.forgetItems();

    listening.send(Messages.simple("C2").replace("MRN0042", "MRN0043"));

    assertThat(sink.items())
        .satisfiesExactly(
            it -> assertThat(it).isInstanceOf(Retracted.class),
            it ->
                assertThat(((Found) it).part().patient())
                    .isEqualTo(Listening.NAMES.patient("MRN0043")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A18", "A30", "A34", "A36", "A39", "A40", "A46", "A47"})
  void shouldTellWhichPatientsWereOne(String event) throws Exception {
    String answer = listening.send(merge("C1", event, "MRG|OLD1^^^HOSP^MR"));

    assertThat(answer).contains("MSA|AA|C1");
    assertThat(sink.of(Merged.class))
        .extracting(Merged::survivor, Merged::former)
        .containsExactly(tuple(patient("MRN0042"), patient("OLD1")));
  }

  @Test
  void shouldTellEachMergeOfAMessageOnce() throws Exception {
    String message =
        merge("C1", "A40", "MRG|OLD1^^^HOSP^MR~OLD2^^^HOSP^MR~77^^^NAT^NI")
            + Messages.of(Messages.PID.replace("MRN0042", "MRN9"), "MRG|OLD3", "PV1|1|I");
    listening.send(message);

    listening.send(message);

    assertThat(sink.of(Merged.class))
        .extracting(Merged::survivor, Merged::former)
        .containsExactly(
            tuple(patient("MRN0042"), patient("OLD1")),
            tuple(patient("MRN0042"), patient("OLD2")),
            tuple(patient("MRN9"), patient("OLD3")));
  }

  @Test
  void shouldMergeAgainWhatWasMergedTheOtherWayRound() throws Exception {
    listening.send(merge("C1", "A40", "MRG|OLD1"));
    listening.send(merge("C2", "A40", "MRG|MRN0042").replace("MRN0042^", "OLD1^"));

    listening.send(merge("C3", "A40", "MRG|OLD1"));

    assertThat(sink.of(Merged.class)).hasSize(3);
  }

  @Test
  void shouldRefuseAMergeWithoutNumbers() throws Exception {
    assertThat(listening.send(merge("C1", "A40", "MRG|")))
        .contains("MSA|AR|C1|PID-3 or MRG-1 has no number of the patient");
    assertThat(listening.send(merge("C2", "A40", "PV1|1")))
        .contains("MSA|AR|C2|there is no segment MRG");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADT^A01", "ADT^A08", "ADT^A35", "ADT^A41", "ADT^A49", "ORM^O01", "MDM^T02", "ORU^R30"
      })
  void shouldAcceptAndCountWhatIsNotForIt(String type) throws Exception {
    String answer =
        listening.send(Messages.of(Messages.header(type, "C1"), Messages.PID, "MRG|OLD1"));

    assertThat(answer).contains("MSA|AA|C1");
    assertThat(listening.counts()).isEqualTo(new MessageCounts(0, 1, 0, 0, 0));
    assertThat(sink.acknowledged()).isEmpty();
  }

  private String send(String id, String accession, String status, String time) throws IOException {
    return listening.send(Messages.simple(id, accession, status, time));
  }

  private static String merge(String id, String event, String... segments) {
    return Messages.of(Messages.header("ADT^" + event, id), "EVN||20260102", Messages.PID)
        + Messages.of(segments);
  }

  private List<String> retracted() {
    return sink.of(Retracted.class).stream().map(it -> it.retraction().studyId()).toList();
  }

  private List<String> found() {
    return sink.of(SourceItem.Found.class).stream()
        .map(it -> Listening.PSEUDONYMIZER.study(it.part().study()))
        .toList();
  }

  private static String pseudonym(String accession) throws Exception {
    return Listening.PSEUDONYMIZER.study(Listening.NAMES.study(accession, ""));
  }

  private static String reportId(String order) {
    return Listening.PSEUDONYMIZER.report("report/" + order);
  }

  private static String patient(String id) {
    return Listening.NAMES.patient(id);
  }
}

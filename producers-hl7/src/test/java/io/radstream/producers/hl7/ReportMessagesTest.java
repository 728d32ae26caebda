package io.radstream.producers.hl7;

import static io.radstream.producers.hl7.Messages.obx;
import static io.radstream.producers.hl7.Messages.tx;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.radstream.producers.hl7.report.FieldPath;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.publish.Identifying;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportMessagesTest {

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
  void shouldTakeAReport() throws Exception {
    String answer = listening.send(Messages.simple("C1"));

    assertThat(answer).contains("MSA|AA|C1");
    StudyPart part = sink.found().get(0).part();
    assertThat(part.patient()).isEqualTo(Listening.NAMES.patient("MRN0042"));
    assertThat(part.study()).isEqualTo(Listening.NAMES.study("ACC1", ""));
    assertThat(part.report())
        .contains(
            new Report(
                "The lungs are clear.",
                ReportStatus.FINAL,
                moved(820_638_000),
                Listening.PSEUDONYMIZER.report("report/FILL1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.8", "3"})
  void shouldTakeReportsOfAnyVersion(String version) throws Exception {
    String message = Messages.simple("C1").replace("|2.5.1\r", "|" + version + "\r");

    String answer = listening.send(message);

    assertThat(answer).contains("MSA|AA|C1").contains("|P|" + version);
    assertThat(sink.onlyReport().getText()).isEqualTo("The lungs are clear.");
  }

  @Test
  void shouldReadLinesInTheOrderOfTheirSetIds() throws Exception {
    send(tx(2, "Second line."), tx(10, "Fourth line."), tx(3, "Third line."), tx(1, "First~line."));

    assertThat(text()).isEqualTo("First\nline.\nSecond line.\nThird line.\nFourth line.");
  }

  @Test
  void shouldKeepTheMessagesOrderWhereSetIdsAreCountedAnew() throws Exception {
    send(
        obx(1, "TX", "X&GDT", "Heart is normal.", "F"),
        obx(2, "TX", "X&GDT", "Lungs are clear.", "F"),
        obx(1, "TX", "X&IMP", "Normal chest.", "F"));

    assertThat(text())
        .isEqualTo("FINDINGS:\nHeart is normal.\nLungs are clear.\n\nIMPRESSION:\nNormal chest.");
  }

  @ParameterizedTest
  @CsvSource({
    "71046&IMP, IMPRESSION",
    "71046&GDT, FINDINGS",
    "59776-5^Procedure findings^LN, FINDINGS",
    "19005-8^Impression^LN, IMPRESSION",
    "55111-9^Current procedure^LN, TECHNIQUE",
    "11329-0^History^LN, HISTORY",
    "X^Clinical Indication^L, INDICATION",
    "X^Local^L^121072^Impressions^DCM, IMPRESSION",
    "IMPRESSION, IMPRESSION"
  })
  void shouldWriteAHeadingWhereTheIdentifierNamesASection(String identifier, String heading)
      throws Exception {
    send(obx(1, "TX", identifier, "As it was.", "F"), tx(2, "More."));

    assertThat(text()).isEqualTo(heading + ":\nAs it was.\n\nREPORT:\nMore.");
  }

  @Test
  void shouldNotRepeatAHeadingThatTheTextHas() throws Exception {
    send(
        obx(1, "TX", "X&IMP", "Impression: normal.", "F"),
        obx(2, "FT", "X&GDT", "Findings are unchanged.", "F"));

    assertThat(text()).isEqualTo("Impression: normal.\n\nFINDINGS:\nFindings are unchanged.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "'one\\.br\\two' = 'one\ntwo'",
        "'one\\.sp2\\two' = 'one\n\ntwo'",
        "'\\.in+4\\\\.ti-2\\one\\.ce\\two\\.fi\\\\.nf\\' = 'one\ntwo'",
        "'a \\F\\ b \\S\\ c \\T\\ d \\R\\ e \\E\\ f' = 'a | b ^ c & d ~ e \\ f'",
        "'\\H\\bold\\N\\ text' = 'bold text'",
        "'5 \\XC2B5\\m' = '5 µm'",
        "'one\\X0D0A\\two' = 'one\ntwo'",
        "'heart & lungs ^ ribs' = 'heart & lungs ^ ribs'",
        "'in C:\\temp\\' = 'in C:\\temp\\'",
        "'a\\Zlocal\\b\\C2842\\c' = 'abc'"
      })
  void shouldReadEscapeSequences(String field, String text) throws Exception {
    send(obx(1, "FT", "71046", field, "F"));

    assertThat(text()).isEqualTo(text);
  }

  @Test
  void shouldGoOnWithALineThatBeginsNoSegment() throws Exception {
    listening.send(Messages.simple("C1").replace("lungs are", "lungs\r\nare\nall"));

    assertThat(text()).isEqualTo("The lungs\nare\nall clear.");
  }

  @Test
  void shouldReadMessagesWhoseSegmentsEndOtherwise() throws Exception {
    listening.send(Messages.simple("C1").replace("\r", "\r\n"));
    listening.send(Messages.simple("C2").replace("\r", "\n").replace("FILL1", "FILL2"));

    assertThat(sink.found())
        .extracting(it -> it.part().report().orElseThrow().getText())
        .containsExactly("The lungs are clear.", "The lungs are clear.");
  }

  @Test
  void shouldReadOtherDelimiters() throws Exception {
    String message =
        Messages.simple("C1").replace("^~\\&", "!@#$").replace('^', '!').replace('|', '/');

    String answer = listening.send(message);

    assertThat(answer).startsWith("MSH/!@#$/RADSTREAM/SITE/RIS/HOSP/").contains("MSA/AA/C1");
    assertThat(sink.found().get(0).part().patient()).isEqualTo(Listening.NAMES.patient("MRN0042"));
  }

  @Test
  void shouldReadCodedTextOfASectionAlone() throws Exception {
    send(
        obx(1, "CWE", "X&IMP", "J18^Pneumonia^I10^^^^^^Pneumonia of the left base", "F"),
        obx(2, "CE", "X^Protocol", "P1^Chest routine", "F"),
        obx(3, "NM", "X^Dose", "12", "F"));

    assertThat(text()).isEqualTo("IMPRESSION:\nPneumonia of the left base");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^TEXT^^Base64^", "^text^plain^Base64^", "^Application^TEXT^Base64^"})
  void shouldReadEmbeddedText(String kind) throws Exception {
    send(obx(1, "ED", "71046", kind + base64("FINDINGS:\r\nÉpanchement à gauche."), "F"));

    assertThat(text()).isEqualTo("FINDINGS:\nÉpanchement à gauche.");
  }

  @Test
  void shouldReadEmbeddedRtf() throws Exception {
    String rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 Lungs {\\b clear}.\\par No effusion.}";

    send(obx(1, "ED", "71046", "^Application^RTF^Base64^" + base64(rtf), "F"));

    assertThat(text()).isEqualTo("Lungs clear.\nNo effusion.");
  }

  @Test
  void shouldRefuseAReportThatIsAPdfAlone() throws Exception {
    String answer = send(obx(1, "ED", "X", "^Application^PDF^Base64^" + base64("%PDF-1.4"), "F"));

    assertThat(answer).contains("MSA|AR|C1|the report comes as PDF; have it sent as text");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldReadTheTextBesideAPdf() throws Exception {
    send(
        obx(1, "ED", "X", "^Application^PDF^Base64^" + base64("%PDF-1.4"), "F"),
        tx(2, "The lungs are clear."));

    assertThat(text()).isEqualTo("The lungs are clear.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^Application^Octet-stream^Base64^AAAA",
        "^TEXT^^Base64^!!!!=",
        "^TEXT^^Hex^0g",
        "^TEXT^^Quoted^abc"
      })
  void shouldRefuseDataThatIsNoText(String data) throws Exception {
    String answer = send(obx(1, "ED", "X", data, "F"));

    assertThat(answer).contains("MSA|AR|C1|");
  }

  @ParameterizedTest
  @CsvSource({
    "P, F, PRELIMINARY",
    "R, F, PRELIMINARY",
    "S, F, PRELIMINARY",
    "I, F, PRELIMINARY",
    "A, F, PRELIMINARY",
    "F, F, FINAL",
    "F, P, PRELIMINARY",
    "F, C, AMENDED",
    "C, F, AMENDED",
    "'', F, FINAL",
    "'', C, AMENDED",
    "'', P, PRELIMINARY"
  })
  void shouldReadTheStatus(String order, String observation, ReportStatus status) throws Exception {
    listening.send(
        Messages.report(
            "C1",
            Messages.obr("ACC1", order),
            List.of(obx(1, "TX", "71046", "Clear lungs.", observation))));

    assertThat(sink.onlyReport().getStatus()).isEqualTo(status);
  }

  @Test
  void shouldTakeTheStatusAForAnAddendumWhereTheSiteSaysSo() throws Exception {
    ReportRules rules =
        new ReportRules(
            ReportRules.USUAL.accessionFields(), Optional.empty(), ZoneId.of("UTC"), true);
    try (Listening other = Listening.with(sink, rules)) {
      other.send(Messages.simple("C1", "ACC1", "A", "20260102030000"));
    }

    assertThat(sink.onlyReport().getStatus()).isEqualTo(ReportStatus.AMENDED);
  }

  @Test
  void shouldLeaveOutObservationsThatWereDeletedOrNeverMade() throws Exception {
    send(
        obx(1, "TX", "X", "Of somebody else.", "W"),
        obx(2, "TX", "X", "Deleted.", "D"),
        obx(3, "TX", "X", "Cannot be had.", "X"),
        obx(4, "TX", "X", "The lungs are clear.", "F"));

    assertThat(text()).isEqualTo("The lungs are clear.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"I", "S", "O", "R", "P", "Y", "Z"})
  void shouldTakeAnOrderWithoutAReportForNothing(String status) throws Exception {
    String answer = listening.send(Messages.report("C1", Messages.obr("ACC1", status), List.of()));

    assertThat(answer).contains("MSA|AA|C1");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldRefuseAFinalReportWithoutText() throws Exception {
    String answer = listening.send(Messages.report("C1", List.of()));

    assertThat(answer).contains("MSA|AR|C1|the report is final, but no OBX has text");
  }

  @Test
  void shouldTakeAReportWithItsAddendumForANewerOne() throws Exception {
    send(tx(1, "The lungs are clear."), obx(2, "TX", "X&ADT", "Seen again: a nodule.", "F"));

    assertThat(sink.onlyReport().getStatus()).isEqualTo(ReportStatus.AMENDED);
    assertThat(text()).isEqualTo("The lungs are clear.\n\nADDENDUM:\nSeen again: a nodule.");
  }

  @ParameterizedTest
  @CsvSource({"X&ADT, Seen again: a nodule.", "71046, ADDENDUM: seen again."})
  void shouldKnowAnAddendumThatComesAlone(String identifier, String text) throws Exception {
    listening.send(Messages.simple("C1"));
    sink.forgetItems();

    listening.send(
        Messages.report(
            "C2", Messages.obr("ACC1", "A"), List.of(obx(1, "TX", identifier, text, "F"))));

    assertThat(sink.onlyReport().getStatus()).isEqualTo(ReportStatus.ADDENDUM);
  }

  @Test
  void shouldTakeNoReportThatBeginsWithItsAddendumForAnAddendumAlone() throws Exception {
    send(obx(1, "FT", "71046", "ADDENDUM: a nodule.\\.br\\FINDINGS: Clear lungs.", "F"));

    assertThat(sink.onlyReport().getStatus()).isEqualTo(ReportStatus.FINAL);
  }

  @Test
  void shouldReadSeveralOrdersOfSeveralPatients() throws Exception {
    String other = Messages.PID.replace("MRN0042", "MRN0043");
    listening.send(
        Messages.of(
            Messages.header("ORU^R01", "C1"),
            Messages.PID,
            "ORC|RE|PL1|FILL1",
            Messages.obr("ACC1", "F"),
            tx(1, "One."),
            "ORC|RE|PL2|FILL2",
            Messages.obr("ACC2", "P").replace("FILL1", "FILL2"),
            tx(1, "Two."),
            other,
            Messages.obr("ACC3", "F").replace("FILL1", "FILL3"),
            tx(1, "Three.")));

    assertThat(sink.acknowledged()).hasSize(1);
    assertThat(sink.found())
        .extracting(
            it -> it.part().study(),
            it -> it.part().patient(),
            it -> it.part().report().orElseThrow().getText())
        .containsExactly(
            tuple(study("ACC1"), patient("MRN0042"), "One."),
            tuple(study("ACC2"), patient("MRN0042"), "Two."),
            tuple(study("ACC3"), patient("MRN0043"), "Three."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACC1~ACC2", "ACC1,ACC2", "ACC1; ACC2", "ACC1^HOSP~ACC2^HOSP"})
  void shouldSendAReportOfTwoStudiesToBothAtOnce(String accessions) throws Exception {
    listening.send(Messages.simple("C1", accessions, "F", "20260102030000"));

    assertThat(sink.acknowledged()).hasSize(1);
    assertThat(sink.found())
        .extracting(it -> it.part().study())
        .containsExactly(study("ACC1"), study("ACC2"));
  }

  @Test
  void shouldShareAReportWithOrdersThatHaveNone() throws Exception {
    listening.send(
        Messages.of(
            Messages.header("ORU^R01", "C1"),
            Messages.PID,
            Messages.obr("ACC1", "F").replace("FILL1", "FILL0"),
            Messages.obr("ACC2", "F"),
            tx(1, "Read together.")));

    assertThat(sink.acknowledged()).hasSize(1);
    assertThat(sink.found())
        .extracting(it -> it.part().study())
        .containsExactly(study("ACC2"), study("ACC1"));
  }

  @Test
  void shouldMakeOneReportOfOrdersOfOneStudy() throws Exception {
    listening.send(
        Messages.of(
            Messages.header("ORU^R01", "C1"),
            Messages.PID,
            Messages.obr("ACC1", "F"),
            tx(1, "Clear lungs."),
            Messages.obr("ACC1", "F").replace("FILL1", "FILL2"),
            obx(1, "TX", "X&IMP", "Normal.", "F")));

    assertThat(text()).isEqualTo("Clear lungs.\n\nIMPRESSION:\nNormal.");
  }

  @Test
  void shouldLookForTheAccessionNumberWhereTheSiteHasIt() throws Exception {
    ReportRules rules =
        new ReportRules(
            FieldPath.list("IPC-1, OBR-2"), Optional.of("NAT"), ZoneId.of("UTC"), false);
    try (Listening other = Listening.with(sink, rules)) {
      other.send(Messages.simple("C1"));
      String obr = Messages.obr("ACC1", "F").replace("FILL1", "FILL2");
      other.send(Messages.report("C2", obr, List.of("IPC|ACC9&HOSP^X|RP1|1.2.3", tx(1, "Clear."))));
    }

    assertThat(sink.found())
        .extracting(it -> it.part().study(), it -> it.part().patient())
        .containsExactly(
            tuple(study("PL1"), patient("99887766")), tuple(study("ACC9"), patient("99887766")));
  }

  @Test
  void shouldFallBackOnTheFillersNumberAndTheStudyUid() throws Exception {
    listening.send(Messages.simple("C1", "", "F", "20260102030000"));
    String none = Messages.obr("", "F").replace("FILL1", "");
    listening.send(Messages.report("C2", none, List.of(tx(1, "Clear."), "ZDS|1.2.3.4^^APP^DICOM")));

    String answer = listening.send(Messages.report("C3", none, List.of(tx(1, "Clear."))));

    assertThat(sink.found())
        .extracting(it -> it.part().study())
        .containsExactly(study("FILL1"), Listening.NAMES.study("", "1.2.3.4"));
    assertThat(answer)
        .contains("MSA|AR|C3|there is neither an accession number nor a study UID")
        .contains("101^Required field missing");
  }

  @Test
  void shouldRefuseAReportOfNobody() throws Exception {
    String answer = listening.send(Messages.simple("C1").replace(Messages.PID, "PID|1"));

    assertThat(answer).contains("MSA|AR|C1|PID-3 has no number of the patient");
  }

  @ParameterizedTest
  @CsvSource({
    "20260102030000, 20260102030405, 820638000",
    "20260102030000+0200, 20260102030405, 820630800",
    "202601020300, 20260102030405, 820638000",
    "20260102, 20260102030405, 820638245",
    "20260102, '', 820627200",
    "'', 20260102030405, 820638245",
    "19991231, '', 1",
    "'', '', 825915967",
    "02.01.2026 03:00, 2026-01-02 03:00, 825915967",
    "20261340, 20260102030405, 820638245",
    "20990101000000, 20260102030405, 820638245",
    "99990101000000, '', 825915967"
  })
  void shouldNumberVersionsByTheReportsTime(String resulted, String sent, int version)
      throws Exception {
    String message =
        Messages.simple("C1", "ACC1", "F", resulted).replace("|20260102030405|", "|" + sent + "|");

    listening.send(message);

    assertThat(sink.onlyReport().getVersion()).isEqualTo(moved(version));
  }

  @Test
  void shouldReadTimesInTheSitesZone() throws Exception {
    ReportRules rules =
        new ReportRules(
            ReportRules.USUAL.accessionFields(),
            Optional.empty(),
            ZoneId.of("Asia/Kolkata"),
            false);
    try (Listening other = Listening.with(sink, rules)) {
      other.send(Messages.simple("C1"));
    }

    assertThat(sink.onlyReport().getVersion()).isEqualTo(moved(820_638_000 - (5 * 60 + 30) * 60));
  }

  @Test
  void shouldNameWhomTheMessageNames() throws Exception {
    String nk1 = "NK1|1|PANZA^SANCHO|FRD|3 VILLAGE SQUARE^^TOBOSO|(02)555-0202";
    String pv1 = "PV1|1|I|W1||||77^CARRASCO^SANSON||||||||||||VISIT88";
    String obr = Messages.obr("ACC1", "F") + "|||||||55&LORENZO&ALDONZA";
    listening.send(
        Messages.of(
            Messages.header("ORU^R01", "C1"),
            Messages.PID,
            nk1,
            pv1,
            "ORC|RE|PL1|FILL1||||||||88^GINES|MONTESINOS",
            obr,
            tx(1, "Clear.") + "|||||99^HALDUDO^JUAN"));

    Identifying identifying = sink.found().get(0).part().identifying();
    assertThat(identifying.names())
        .containsExactlyInAnyOrder(
            "QUIXOTE^ALONSO^M",
            "PANZA^SANCHO",
            "CARRASCO^SANSON",
            "BEDSIDE^DORA",
            "LORENZO^ALDONZA",
            "GINES",
            "MONTESINOS",
            "HALDUDO^JUAN");
    assertThat(identifying.numbers())
        .contains("MRN0042", "99887766", "ACCT77", "VISIT88", "ACC1", "FILL1", "555-0101")
        .contains("(02)555-0202")
        .doesNotContain("PL1");
    assertThat(identifying.addresses())
        .containsExactlyInAnyOrder("12 WINDMILL LANE", "TOBOSO", "45820", "3 VILLAGE SQUARE");
    assertThat(identifying.birthDates()).containsExactly(LocalDate.of(1947, 9, 29));
    assertThat(identifying.toString()).doesNotContain("QUIXOTE");
  }

  @Test
  void shouldReadNothingOfAMessageWithHostilelyManyFields() throws Exception {
    String answer = listening.send(Messages.simple("C1") + "|".repeat(300_000));

    assertThat(answer).contains("MSA|AR|C1|the message has ");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldTellNoPatientInAnyAnswer() throws Exception {
    String broken = Messages.simple("C1").replace("ACC1", "");
    String answers =
        listening.send(broken.replace("FILL1", ""))
            + listening.send(Messages.report("C2", List.of()))
            + send(obx(1, "ED", "X", "^TEXT^^Base64^!", "F"));

    assertThat(answers).doesNotContain("QUIXOTE", "MRN0042", "WINDMILL", "FILL1", "ACC1", "clear");
  }

  private String send(String... observations) throws IOException {
    return listening.send(Messages.report("C1", List.of(observations)));
  }

  private String text() {
    return sink.onlyReport().getText();
  }

  private static String study(String accession) throws Exception {
    return Listening.NAMES.study(accession, "");
  }

  private static String patient(String id) {
    return Listening.NAMES.patient(id);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** What is published in place of the report's true time. */
  private static int moved(int seconds) throws RefusedStudyException {
    return Listening.PSEUDONYMIZER.moved(Listening.NAMES.study("ACC1", ""), seconds);
  }
}

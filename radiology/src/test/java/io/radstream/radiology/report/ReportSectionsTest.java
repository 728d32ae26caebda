package io.radstream.radiology.report;

import static io.radstream.radiology.report.ReportSections.Kind.FINDINGS;
import static io.radstream.radiology.report.ReportSections.Kind.IMPRESSION;
import static io.radstream.radiology.report.ReportSections.Kind.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.radiology.report.ReportSections.Kind;
import io.radstream.radiology.report.ReportSections.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSectionsTest {

  @Test
  void shouldKeepFindingsAndImpressionOfALongReport() {
    String report =
        """
                                         FINAL REPORT
         EXAMINATION:  CHEST (PA AND LAT)

         INDICATION:  Woman with cough // r/o pneumonia

         TECHNIQUE:  Chest PA and lateral

         COMPARISON:  None.

         FINDINGS:

         The lungs are clear. There is no effusion.

         IMPRESSION:

         No acute process.

         NOTIFICATION:  Discussed by telephone.
        """;

    ReportSections sections = ReportSections.of(report);

    assertKept(
        sections,
        Set.of(FINDINGS, IMPRESSION),
        "The lungs are clear. There is no effusion.\nNo acute process.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FINDINGS: Clear lungs.|FINDINGS",
        "Findings: Clear lungs.|FINDINGS",
        "findings : Clear lungs.|FINDINGS",
        "Imaging findings: Clear lungs.|FINDINGS",
        "Presentation: cough. Imaging Notes: Clear lungs.|FINDINGS",
        "History: cough. CT findings: Clear lungs.|FINDINGS",
        "IMPRESSION: Clear lungs.|IMPRESSION",
        "Conclusion: Clear lungs.|IMPRESSION",
        "OPINION: Clear lungs.|IMPRESSION",
        "Interpretation: Clear lungs.|IMPRESSION",
        "INDICATION: cough IMPRESSION: Clear lungs.|IMPRESSION",
        "Indication: cough. Impression: Clear lungs.|IMPRESSION",
        "Indication: (cough) Impression: Clear lungs. Recommendation: follow up|IMPRESSION",
        "IMPRESSION: FINDINGS: Clear lungs.|FINDINGS"
      })
  void shouldKnowHeadings(String report, ReportSections.Kind kind) {
    assertKept(ReportSections.of(report), Set.of(kind), "Clear lungs.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FINDINGS AND IMPRESSION: Clear lungs.",
        "Findings/Impression: Clear lungs.",
        "IMPRESSION AND FINDINGS : Clear lungs.",
        "HISTORY: cough\nFINDINGS AND IMPRESSION\nClear lungs.",
        "Findings & impression:\r\n\r\nClear lungs.\r\n"
      })
  void shouldKnowHeadingsOfBothSections(String report) {
    assertKept(ReportSections.of(report), Set.of(FINDINGS, IMPRESSION), "Clear lungs.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Heart size normal and lungs are clear. No edema or pneumonia.",
        "Day 4: bilateral consolidations. Note: the patient is rotated.",
        "The following findings: a nodule and an effusion.",
        "There is no comparison: the earlier film is lost.",
        "AP chest X-Ray: a reticular pattern in both lungs.",
        "No findings. No impression of the heart is visible.",
        "Findings confirmed with swabs."
      })
  void shouldTakeAReportWithoutHeadingsWhole(String report) {
    assertKept(ReportSections.of(report), Set.of(WHOLE), report);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INDICATION: cough. TECHNIQUE: PA and lateral.",
        "History: cough and fever.",
        "Comparison: none",
        "Clinical findings: fever.",
        "CLINICAL FINDINGS: fever.",
        "INDICATION: cough\nFINDINGS:\nIMPRESSION:   \n"
      })
  void shouldKeepNothingWhereNeitherSectionHasText(String report) {
    assertKept(ReportSections.of(report), Set.of(), "");
  }

  @Test
  void shouldTellWhatIsLeftOut() {
    List<Section> sections =
        ReportSections.of("HISTORY: cough\nFINDINGS: Clear lungs.\nSIGNED BY: a reader").sections();

    assertThat(sections)
        .containsExactly(
            new Section("HISTORY", Set.of(), "cough"),
            new Section("FINDINGS", Set.of(FINDINGS), "Clear lungs."),
            new Section("", Set.of(), "SIGNED BY: a reader"));
  }

  @Test
  void shouldCountWordsWithoutPunctuation() {
    assertThat(ReportSections.of("FINDINGS: Clear. -- 2 (two)?!").words()).isEqualTo(3);
    assertThat(ReportSections.of(" . , ; ").words()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"双肺纹理清晰。,6", "心影 正常,4", "胸部X線,4", "Le\u0301sion gauche,2", "폐는 깨끗하다,2"})
  void shouldCountTheSignsOfScriptsWithoutSpaces(String text, int words) {
    assertThat(ReportSections.of(text).words()).isEqualTo(words);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void shouldKeepWhatThePictureShowsInEveryLayout(String layout, JsonNode report) {
    ReportSections sections = ReportSections.of(report.get("text").asText());

    assertThat(sections.text()).isEqualTo(report.get("kept").asText());
    assertThat(sections.kinds())
        .extracting(Kind::name)
        .containsExactlyInAnyOrderElementsOf(
            StreamSupport.stream(report.get("kinds").spliterator(), false)
                .map(JsonNode::asText)
                .toList());
  }

  static Stream<Arguments> layouts() throws IOException {
    try (InputStream in = ReportSectionsTest.class.getResourceAsStream("layouts.jsonl")) {
      ObjectMapper mapper = new ObjectMapper();
      List<Arguments> reports = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode report = mapper.readTree(line);
        reports.add(Arguments.of(report.get("layout").asText(), report));
      }
      return reports.stream();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FINDINGS: ",
        "findings\t",
        ":",
        "A:",
        "a b c d e f g h: ",
        ". I",
        ". Reviewed and ",
        "**",
        "<b>",
        "\n",
        "\n==\n",
        "FINDINGS\n",
        "IMPRESSION - ",
        "FINAL REPORT\n",
        "\n \nIndication: x",
        "(",
        "【",
        "* a",
        "1. A: ",
        "\nLungs: ",
        "\nMRN: 1\nAccession: ",
        "\nDr. A B",
        "Findings\t"
      })
  void shouldReadALongTextOfAnything(String piece) {
    String hostile = piece.repeat(300_000 / piece.length());

    ReportSections sections = ReportSections.of(hostile);

    assertThat(sections.text().length()).isLessThanOrEqualTo(hostile.length());
  }

  private static void assertKept(ReportSections sections, Set<Kind> kinds, String text) {
    assertThat(sections.kinds()).isEqualTo(kinds);
    assertThat(sections.text()).isEqualTo(text);
  }
}

package io.radstream.radiology.report;

import static io.radstream.radiology.report.ReportSections.Kind.FINDINGS;
import static io.radstream.radiology.report.ReportSections.Kind.IMPRESSION;
import static io.radstream.radiology.report.ReportSections.Kind.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    assertThat(sections)
        .isEqualTo(
            new ReportSections(
                Set.of(FINDINGS, IMPRESSION),
                "The lungs are clear. There is no effusion.\nNo acute process."));
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
    assertThat(ReportSections.of(report))
        .isEqualTo(new ReportSections(Set.of(kind), "Clear lungs."));
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
    assertThat(ReportSections.of(report))
        .isEqualTo(new ReportSections(Set.of(FINDINGS, IMPRESSION), "Clear lungs."));
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
    assertThat(ReportSections.of(report)).isEqualTo(new ReportSections(Set.of(WHOLE), report));
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
    assertThat(ReportSections.of(report)).isEqualTo(new ReportSections(Set.of(), ""));
  }

  @Test
  void shouldCountWordsWithoutPunctuation() {
    assertThat(ReportSections.of("FINDINGS: Clear. -- 2 (two)?!").words()).isEqualTo(3);
    assertThat(ReportSections.of(" . , ; ").words()).isZero();
  }

  @Test
  void shouldReadAMegabyteOfHeadingsAndBlanks() {
    String hostile =
        "FINDINGS: ".repeat(50_000) + " ".repeat(500_000) + "findings\t".repeat(50_000);

    ReportSections sections = ReportSections.of(hostile);

    assertThat(sections.kinds()).containsExactly(FINDINGS);
  }
}

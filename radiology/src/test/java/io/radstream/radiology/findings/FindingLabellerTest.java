package io.radstream.radiology.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingLabellerTest {

  private static final FindingLabeller LABELLER = new FindingLabeller();

  /** What is said of findings, in their names' order: + there, - not there, ? may be. */
  private static String read(String report) {
    Map<String, String> said = new TreeMap<>();
    LABELLER
        .label(report)
        .forEach(
            (finding, certainty) ->
                said.put(
                    finding.key(),
                    switch (certainty) {
                      case PRESENT -> "+";
                      case ABSENT -> "-";
                      case UNCERTAIN -> "?";
                    }));
    said.remove("normal");
    StringBuilder text = new StringBuilder();
    said.forEach((finding, sign) -> text.append(' ').append(finding).append(sign));
    return text.toString().strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // there
        "There is a small left pleural effusion. | effusion+",
        "Large right pneumothorax with mediastinal shift. | pneumothorax+",
        "Patchy airspace opacity in the left lower zone. | opacity+",
        "Focal consolidation is seen in the right upper lung zone. | opacity+",
        "The heart is enlarged. | cardiomegaly+",
        "The cardiac silhouette is mildly enlarged. | cardiomegaly+",
        "Heart size is increased. | cardiomegaly+",
        "Stable cardiomegaly. | cardiomegaly+",
        "Solitary pulmonary nodule in the left mid lung zone. | nodule+",
        "A 3.5 cm mass projects over the left hilum. | nodule+",
        "Mild pulmonary edema. | edema+",
        "Moderate interstitial oedema with bilateral effusions. | edema+ effusion+",
        "The left costophrenic angle is blunted. | effusion+",
        "Blunting of the right costophrenic angle. | effusion+",
        "Left basal atelectasis. | atelectasis+",
        "Healed fracture of the left sixth rib. | fracture+",
        "Right hydropneumothorax. | effusion+ pneumothorax+",
        // denied before
        "No pleural effusion. | effusion-",
        "There is no evidence of pneumothorax. | pneumothorax-",
        "No effusion, pneumothorax or consolidation. | effusion- opacity- pneumothorax-",
        "No effusion, pneumothorax, consolidation. | effusion- opacity- pneumothorax-",
        "There is neither effusion nor pneumothorax. | effusion- pneumothorax-",
        "The lungs are free of focal consolidation. | opacity-",
        "Negative for pneumonia. | opacity-",
        "Absence of pleural fluid. | effusion-",
        "Lungs well expanded without effusion or edema. | edema- effusion-",
        "This film does not show a pneumothorax. | pneumothorax-",
        "No definite nodule. | nodule-",
        "No suspicious nodule. | nodule-",
        "The lungs are clear of consolidation. | opacity-",
        "The heart is not enlarged. | cardiomegaly-",
        "Interval resolution of the right effusion. | effusion-",
        // denied behind
        "Pleural effusion is not seen. | effusion-",
        "Effusion and pneumothorax are not identified. | effusion- pneumothorax-",
        "Effusion, consolidation or pneumothorax is not seen. | effusion- opacity- pneumothorax-",
        "The right pneumothorax has resolved. | pneumothorax-",
        "The previously seen effusion is no longer present. | effusion-",
        "Pneumothorax was excluded. | pneumothorax-",
        "The left lower lobe opacity has completely cleared. | opacity-",
        "Small effusion, pneumothorax is not seen. | effusion+ pneumothorax-",
        "Pneumothorax: none. | pneumothorax-",
        "Pleural effusion: absent. | effusion-",
        // said to be normal
        "The lungs are clear. | nodule- opacity-",
        "Heart size is normal. | cardiomegaly-",
        "The heart is normal in size. | cardiomegaly-",
        "The cardiomediastinal silhouette is within normal limits. | cardiomegaly-",
        "Costophrenic angles are sharp. | effusion-",
        "Pulmonary vasculature is normal. | edema-",
        "No pneumothorax and normal heart size. | cardiomegaly- pneumothorax-",
        "The lungs are not clear. | nodule+ opacity+",
        // doubted
        "Possible small left effusion. | effusion?",
        "Pneumothorax cannot be excluded. | pneumothorax?",
        "Cannot exclude a small pneumothorax. | pneumothorax?",
        "A subtle fracture is not excluded. | fracture?",
        "Opacity may represent atelectasis. | atelectasis? opacity+",
        "Findings suspicious for pneumonia. | opacity?",
        "Findings concerning for pulmonary edema. | edema?",
        "Questionable nodule in the right upper lobe. | nodule?",
        "Atelectasis versus consolidation at the left base. | atelectasis+ opacity?",
        "Atelectasis vs. consolidation at the left base. | atelectasis+ opacity?",
        "Heart size is borderline. | cardiomegaly?",
        "The heart is at the upper limits of normal. | cardiomegaly?",
        "?pneumothorax | pneumothorax?",
        "r/o effusion | effusion?",
        "A small effusion is possible. | effusion?",
        "Probable edema, small effusions. | edema? effusion+",
        "Pneumothorax is unlikely. | pneumothorax?",
        "Small bilateral effusions suspected. | effusion?",
        "Heart size is upper limits normal or mildly enlarged. | cardiomegaly?",
        "There is no focal opacity to suggest a pneumonia. | opacity-",
        "The heart, lungs and mediastinum are within normal limits. | cardiomegaly-",
        // denied twice, or seemingly
        "The patient is not without effusion. | effusion+",
        "The effusion has not resolved. | effusion+",
        "No change in the left effusion. | effusion+",
        "No significant interval change in the right pneumothorax. | pneumothorax+",
        "Without change in cardiomegaly. | cardiomegaly+",
        "The pneumothorax has nearly resolved. | pneumothorax+",
        "Persistent, unresolved consolidation. | opacity+",
        "No prior studies, effusion on the left. | effusion+",
        // where denial and doubt end
        "No pneumothorax, but a small effusion remains. | effusion+ pneumothorax-",
        "No pneumothorax; small left effusion. | effusion+ pneumothorax-",
        "No pneumothorax, small left effusion. | effusion+ pneumothorax-",
        "No effusion and there is cardiomegaly. | cardiomegaly+ effusion-",
        "No pneumothorax and the heart is enlarged. | cardiomegaly+ pneumothorax-",
        "Small effusion, no pneumothorax. | effusion+ pneumothorax-",
        "No consolidation, although an effusion is present. | effusion+ opacity-",
        "No large effusion, small nodule or pneumothorax. | effusion- nodule- pneumothorax-",
        "No effusion. Pneumothorax on the right. | effusion- pneumothorax+",
        // other meanings
        "Pericardial effusion. | ",
        "There is no mass effect. | ",
        "Soft tissue edema of the chest wall. | ",
        "Normal bones. | ",
      })
  void shouldReadSentences(String sentence, String expected) {
    assertThat(read(sentence)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Normal chest radiograph. | PRESENT",
        "No acute cardiopulmonary abnormality. | PRESENT",
        "The chest is unremarkable. | PRESENT",
        "The lungs are clear. No pleural effusion or pneumothorax. | PRESENT",
        "No acute cardiopulmonary process. Small effusion. | ABSENT",
        "The lungs are clear. Possible fracture. | UNCERTAIN",
      })
  void shouldCallNormalWhatHasNothingElse(String report, Certainty expected) {
    assertThat(LABELLER.label(report)).containsEntry(ReportedFinding.NORMAL, expected);
  }

  @Test
  void shouldReadOnlySectionsThatSayWhatIsSeen() {
    String report =
        """
        INDICATION: Rule out pneumothorax.
        COMPARISON: Effusion in May.
        FINDINGS: The heart is normal in size. No consolidation.
        IMPRESSION: Small nodule in the left upper lobe.
        """;

    assertThat(read(report)).isEqualTo("cardiomegaly- nodule+ opacity-");
  }

  @Test
  void shouldReadOnWhereALineIsBrokenWithinASentence() {
    assertThat(read("There is no pleural\neffusion or pneumothorax\n\nStable cardiomegaly"))
        .isEqualTo("cardiomegaly+ effusion- pneumothorax-");
  }

  @Test
  void shouldBelieveWhatIsThereAnywhere() {
    String report = "No effusion on the right. Possible effusion at the base. Small left effusion.";

    assertThat(read(report)).isEqualTo("effusion+");
  }

  @Test
  @Timeout(
      value = 60,
      threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang must fail, not stall the build
  void shouldReadWhatIsNoSentenceInBearableTime() {
    String endless = "no effusion, small chest is is " + "small, no nodule, ".repeat(50_000);

    assertThat(LABELLER.label(endless)).containsKey(ReportedFinding.NODULE);
  }

  @Test
  void shouldSayNothingOfWhatIsNotSpokenOf() {
    assertThat(LABELLER.label("Endotracheal tube in place.")).isEmpty();
    assertThat(LABELLER.label("")).isEmpty();
  }
}

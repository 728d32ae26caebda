package io.radstream.producers.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.phantom.Abnormality.Effusion;
import io.radstream.producers.phantom.Abnormality.Nodule;
import io.radstream.producers.phantom.Abnormality.Opacity;
import io.radstream.producers.phantom.Abnormality.Pneumothorax;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.report.ReportSections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportWriterTest {

  private static final long REPORTS = 3000;

  private static final Map<Finding, Pattern> WORDS =
      new EnumMap<>(
          Map.of(
              Finding.EFFUSION, Pattern.compile("effusion|fluid|costophrenic"),
              Finding.PNEUMOTHORAX, Pattern.compile("pneumothorax"),
              Finding.CARDIOMEGALY, Pattern.compile("cardiomegaly|heart|cardiac|cardiomediastinal"),
              Finding.OPACITY, Pattern.compile("opacity|consolidation"),
              Finding.NODULE, Pattern.compile("nodule")));

  private static final Pattern DENIAL =
      Pattern.compile("\\b(no|clear|normal)\\b|\\bwithin normal limits\\b");

  private record Written(Truth truth, String report) {

    List<String> affirmations() {
      String text = ReportSections.of(report).text().toLowerCase(Locale.ROOT);
      return Pattern.compile("[.,]\\s*")
          .splitAsStream(text.replaceAll(", (?=in |consistent|\\w+ in size)", " "))
          .filter(sentence -> !DENIAL.matcher(sentence).find())
          .toList();
    }
  }

  @Test
  void shouldStateEveryFindingWithItsSideExtentAndZone() {
    assertThat(reports())
        .allSatisfy(
            written ->
                assertThat(written.truth().abnormalities())
                    .allSatisfy(
                        abnormality ->
                            assertThat(written.affirmations())
                                .as(written.report())
                                .anyMatch(states(abnormality))));
  }

  @Test
  void shouldNeverClaimWhatIsNotThere() {
    assertThat(reports())
        .allSatisfy(
            written ->
                WORDS.forEach(
                    (finding, words) -> {
                      if (!written.truth().has(finding)) {
                        assertThat(written.affirmations())
                            .as(written.report())
                            .noneMatch(sentence -> words.matcher(sentence).find());
                      }
                    }));
  }

  @Test
  void shouldNeverDenyWhatIsThere() {
    assertThat(reports())
        .allSatisfy(
            written ->
                WORDS.forEach(
                    (finding, words) -> {
                      if (written.truth().has(finding)) {
                        assertThat(written.report().toLowerCase(Locale.ROOT).split("\\."))
                            .as(written.report())
                            .noneMatch(
                                sentence ->
                                    DENIAL.matcher(sentence).find()
                                        && words.matcher(sentence).find());
                      }
                    }));
  }

  @Test
  void shouldVaryHeadingsAndStayShort() {
    List<ReportSections> sections =
        reports().stream().map(written -> ReportSections.of(written.report())).toList();

    assertThat(share(sections, it -> it.kinds().contains(ReportSections.Kind.WHOLE)))
        .isBetween(0.02, 0.06);
    assertThat(share(sections, it -> it.kinds().contains(ReportSections.Kind.IMPRESSION)))
        .isBetween(0.7, 0.9);
    assertThat(sections).allMatch(it -> it.words() >= 3);
    assertThat(share(sections, it -> it.words() <= 52)).isGreaterThan(0.99);
  }

  private static List<Written> reports() {
    ReportWriter writer = new ReportWriter();
    return LongStream.range(0, REPORTS)
        .mapToObj(
            index -> {
              Truth truth = TruthSampler.draw(CounterRandom.of(5, "truth", index));
              return new Written(
                  truth, writer.write(truth, "", CounterRandom.of(5, "report", index)));
            })
        .toList();
  }

  private static Predicate<String> states(Abnormality abnormality) {
    Predicate<String> named = sentence -> WORDS.get(abnormality.finding()).matcher(sentence).find();
    if (abnormality instanceof Effusion it) {
      return named.and(says(it.side().word())).and(says(it.extent().word()));
    } else if (abnormality instanceof Pneumothorax it) {
      return named.and(says(it.side().word())).and(says(it.extent().word()));
    } else if (abnormality instanceof Opacity it) {
      return named.and(says(it.side().word())).and(says(it.zone().word()));
    } else if (abnormality instanceof Nodule it) {
      return named.and(says(it.side().word())).and(says(it.zone().word()));
    }
    return named;
  }

  private static Predicate<String> says(String word) {
    return sentence -> sentence.contains(word);
  }

  private static double share(List<ReportSections> sections, Predicate<ReportSections> condition) {
    return sections.stream().filter(condition).count() / (double) sections.size();
  }
}

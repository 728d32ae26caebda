package io.radstream.trainer.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.ReaderVerdict;
import io.radstream.trainer.config.LabelRules.Verdicts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFoldTest {

  private static final List<String> FINDINGS = List.of("effusion", "nodule");

  private static LabelledStudy label(String finding, double value) {
    return new LabelledStudy("study", "jsonl", Map.of(finding, value), List.of(), null);
  }

  private static LabelledStudy verdict(String finding, double value) {
    return verdict("anna", finding, value);
  }

  private static LabelledStudy verdict(String reader, String finding, double value) {
    ReaderVerdict verdict = new ReaderVerdict(reader, Instant.EPOCH, "a", 1L, List.of());
    return new LabelledStudy("study", "reader", Map.of(finding, value), List.of(), verdict);
  }

  @ParameterizedTest
  @CsvSource({"LEAVE_OUT, 1", "LATEST, 0", "FIRST, 0"})
  void shouldTakeALaterVerdictAsTheRuleHasIt(Verdicts rule, float effusion) {
    LabelFold fold = new LabelFold(FINDINGS, rule);

    fold.add(label("effusion", 1));
    fold.add(label("nodule", 1));
    fold.add(verdict("effusion", 0));

    assertThat(fold.teaching().get("study")).containsExactly(effusion, 1);
    assertThat(fold.judging().get("study")).containsExactly(1, 1);
  }

  @ParameterizedTest
  @CsvSource({"LEAVE_OUT, 1", "LATEST, 1", "FIRST, 0.25"})
  void shouldTakeAnEarlierVerdictAsTheRuleHasIt(Verdicts rule, float effusion) {
    LabelFold fold = new LabelFold(FINDINGS, rule);

    fold.add(verdict("effusion", 0));
    fold.add(verdict("effusion", 0.25));
    fold.add(label("effusion", 1));

    assertThat(fold.teaching().get("study")).containsExactly(effusion, Float.NaN);
    assertThat(fold.judging().get("study")).containsExactly(1, Float.NaN);
  }

  @ParameterizedTest
  @CsvSource({"LATEST", "FIRST"})
  void shouldKnowStudiesByVerdictsAloneForTeachingOnly(Verdicts rule) {
    LabelFold fold = new LabelFold(FINDINGS, rule);

    fold.add(verdict("nodule", 1));

    assertThat(fold.teaching().get("study")).containsExactly(Float.NaN, 1);
    assertThat(fold.judging()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LATEST", "FIRST"})
  void shouldForgetWhatAReaderTakesBackAndKeepWhatOthersSaid(Verdicts rule) {
    LabelFold fold = new LabelFold(FINDINGS, rule);
    fold.add(label("effusion", 0.5));
    fold.add(verdict("bert", "effusion", 0));
    fold.add(verdict("anna", "effusion", 1));
    fold.add(verdict("anna", "nodule", 1));

    fold.add(verdict("anna", "effusion", Double.NaN));
    fold.add(verdict("anna", "nodule", Double.NaN));
    float[] others = fold.teaching().get("study");
    fold.add(verdict("bert", "effusion", Double.NaN));

    assertThat(others).containsExactly(0, Float.NaN);
    assertThat(fold.teaching().get("study")).containsExactly(0.5f, Float.NaN);
  }

  @ParameterizedTest
  @CsvSource({"LATEST", "FIRST"})
  void shouldKnowNothingOfAStudyOnceAllIsTakenBack(Verdicts rule) {
    LabelFold fold = new LabelFold(FINDINGS, rule);

    fold.add(verdict("nodule", 1));
    fold.add(verdict("nodule", Double.NaN));

    assertThat(fold.teaching()).isEmpty();
  }
}

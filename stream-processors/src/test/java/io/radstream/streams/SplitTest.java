package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.merge;
import static io.radstream.streams.Studies.retraction;
import static io.radstream.streams.Studies.study;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which side of the split a study's tuples go to: to learn from, to choose by, or to test on. */
class SplitTest {

  private static final StageConfig THREE_SIDES = CONFIG.withValidationShare(0.3).withTestShare(0.3);

  @TempDir private Path stateDir;

  @Test
  void shouldKeepEachPatientOnOneOfThreeSides() {
    try (StageDriver stage = new StageDriver(THREE_SIDES, stateDir)) {
      for (int i = 0; i < 100; i++) {
        stage.publish(study("s" + i, "p" + i % 50, finalReport(Studies.REPORT), i), i);
      }

      Set<String> train = patients(stage.tuples());
      Set<String> validation = patients(stage.validationTuples());
      Set<String> test = patients(stage.testTuples());

      assertThat(test).hasSizeBetween(8, 24).doesNotContainAnyElementsOf(validation);
      assertThat(train).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
      assertThat(train.size() + validation.size() + test.size()).isEqualTo(50);
    }
  }

  @Test
  void shouldLeaveValidationAsItIsWhateverIsKeptForTheTest() {
    StageConfig twoSides = THREE_SIDES.withTestShare(0);

    List<String> before = patientsOf(Side.VALIDATION, twoSides);

    assertThat(before).isNotEmpty().isEqualTo(patientsOf(Side.VALIDATION, THREE_SIDES));
    assertThat(patientsOf(Side.TEST, twoSides)).isEmpty();
    assertThat(patientsOf(Side.TEST, THREE_SIDES))
        .containsAll(patientsOf(Side.TEST, THREE_SIDES.withTestShare(0.1)));
  }

  /** As for a set whose makers say what is for the test. */
  @ParameterizedTest
  @CsvSource({"0,1,TEST", "1,0,VALIDATION", "0,0,TRAIN"})
  void shouldSendAllPatientsToOneSide(double validation, double test, Side side) {
    StageConfig config = CONFIG.withValidationShare(validation).withTestShare(test);

    assertThat(patientsOf(side, config)).hasSize(1000);
  }

  @Test
  void shouldLeaveNobodyToLearnFromWhereBothSharesMakeAWhole() {
    assertThat(patientsOf(Side.TRAIN, CONFIG.withValidationShare(0.1).withTestShare(0.9)))
        .isEmpty();
  }

  @Test
  void shouldMoveATupleOutOfTheTestAndIntoIt() {
    String tested = patientsOf(Side.TEST, THREE_SIDES).get(0);
    String trained = patientsOf(Side.TRAIN, THREE_SIDES).get(0);
    String validated = patientsOf(Side.VALIDATION, THREE_SIDES).get(0);
    try (StageDriver stage = new StageDriver(THREE_SIDES, stateDir)) {
      stage.publish(study("out", tested, finalReport(Studies.REPORT), 1), 0);
      stage.publish(study("in", trained, finalReport(Studies.REPORT), 2), 0);
      stage.publish(merge(validated, tested), 1);
      String another = patientsOf(Side.TEST, THREE_SIDES).get(1);
      stage.publish(merge(another, trained), 2);

      assertThat(told(stage.testTuples()))
          .containsExactly("out 1 whole", "out 2 void", "in 2 whole");
      assertThat(told(stage.tuples())).containsExactly("in 1 whole", "in 2 void");
      assertThat(told(stage.validationTuples())).containsExactly("out 2 whole");
    }
  }

  @Test
  void shouldTakeATupleOfTheTestBack() {
    String tested = patientsOf(Side.TEST, THREE_SIDES).get(0);
    try (StageDriver stage = new StageDriver(THREE_SIDES, stateDir)) {
      stage.publish(study("s", tested, finalReport(Studies.REPORT), 1), 0);
      stage.publish(retraction("s", tested, true, 1), 1);

      assertThat(told(stage.testTuples())).containsExactly("s 1 whole", "s 2 void");
    }
  }

  @Test
  void shouldNeedTheTopicOfTheTestOnlyWhereSomethingIsKeptForIt() {
    assertThat(CONFIG.requiredOutputs()).doesNotContain(Topic.TUPLES_TEST);
    assertThat(THREE_SIDES.requiredOutputs()).contains(Topic.TUPLES_TEST);
  }

  /** The code of a side is in the state that the changelog keeps. */
  @Test
  void shouldReadEachSideBackFromTheState() {
    assertThat(EnumSet.allOf(Side.class))
        .allSatisfy(side -> assertThat(Side.ofCode(side.code())).isEqualTo(side));
    assertThat(Side.TEST.code()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0.5,0.6", "0,-0.1", "0,1.1", "0,NaN"})
  void shouldRefuseSharesThatAreNone(double validation, double test) {
    StageConfig config = CONFIG.withValidationShare(validation);

    assertThatThrownBy(() -> config.withTestShare(test))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("testShare is " + test);
  }

  private static List<String> told(List<StudyTuple> tuples) {
    return tuples.stream()
        .map(
            tuple ->
                "%s %d %s"
                    .formatted(
                        tuple.getStudyId(),
                        tuple.getRevision(),
                        tuple.getViews().isEmpty() ? "void" : "whole"))
        .toList();
  }

  private static Set<String> patients(List<StudyTuple> tuples) {
    return tuples.stream().map(StudyTuple::getPatientId).collect(Collectors.toSet());
  }

  private static List<String> patientsOf(Side side, StageConfig config) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> "patient " + i)
        .filter(id -> Side.of(id, config) == side)
        .toList();
  }
}

package io.radstream.trainer.tuples;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.tuples.LeftOut.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TupleScanTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TUPLES_TRAIN);
  private static final byte[] IMAGE = Tuples.png(Tuples.bar(0, 10));
  private static ReportTokenizer tokenizer;

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 2);

  @BeforeAll
  static void loadTokenizer() throws IOException {
    tokenizer = Tuples.tokenizer();
  }

  @AfterAll
  static void closeTokenizer() {
    tokenizer.close();
  }

  @Test
  void shouldTakeTheNewestRevisionOfEachStudy() {
    append(0, "a", 1);
    append(0, "b", 1);
    append(0, "a", 2);
    append(1, "c", 3);

    TupleIndex index = scan().toEnd();

    assertThat(index.usable().stream())
        .containsExactly(new TupleRef(0, 1), new TupleRef(0, 2), new TupleRef(1, 0));
    assertThat(index.ranges()).containsExactly(new OffsetRange(0, 0, 3), new OffsetRange(1, 0, 1));
  }

  @Test
  void shouldNotGoBackToAnOlderRevisionThatCameLater() {
    append(0, "a", 2);
    append(0, "a", 1);

    assertThat(scan().toEnd().usable().stream()).containsExactly(new TupleRef(0, 0));
  }

  @Test
  void shouldReadOnWhereTheTopicHasGrown() {
    append(0, "a", 1);
    try (TupleScan scan = scan()) {
      scan.toEnd();
      append(0, "a", 2);
      append(1, "b", 1);
      scan.awaitMore();

      TupleIndex index = scan.toEnd();

      assertThat(index.usable().stream()).containsExactly(new TupleRef(0, 1), new TupleRef(1, 0));
    }
  }

  @Test
  void shouldFindTheSameStudiesAgainWhateverCameSince() {
    append(0, "a", 1);
    append(1, "b", 1);
    TupleIndex before = scan().toEnd();
    append(0, "a", 2);
    append(1, "c", 1);

    TupleIndex again = scan().over(before.ranges());

    assertThat(again).isEqualTo(before);
  }

  @Test
  void shouldFindTheSameStudiesWithoutReadingThemAgain() {
    append(0, "a", 1);
    append(0, "a", 2);
    append(1, "b", 1);
    append(1, "b", 2);
    append(1, "c", 1);
    TupleIndex before = scan().toEnd();

    SourceStudies written = SourceStudies.of("source", TOPIC, before);

    assertThat(written.over(before.ranges())).isEqualTo(before);
    assertThatThrownBy(
            () -> written.over(List.of(new OffsetRange(0, 0, 2), new OffsetRange(1, 0, 30))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(
            () -> new SourceStudies("source", TOPIC, "no Base64", null).over(before.ranges()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void shouldSayThatAResumedRunsTuplesAreGone() {
    append(0, "a", 1);
    append(0, "b", 1);
    List<OffsetRange> ranges = scan().toEnd().ranges();
    cluster.cut(TOPIC, 0, 1);

    assertThatThrownBy(() -> scan().over(ranges))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "does not hold the offsets 0 to 2 that are to be read: it holds 1 to 2");
  }

  @Test
  void shouldLeaveOutWhatIsNoUsableTuple() {
    append(0, "a", 1);
    cluster.append(TOPIC, 0, "not avro".getBytes(StandardCharsets.UTF_8));
    cluster.append(TOPIC, 0, null);
    append(0, Tuples.tuple("no view", 1, tokenizer, "left effusion"));
    append(0, Tuples.tuple("no report", 1, tokenizer, "", IMAGE));
    append(
        0,
        StudyTuple.newBuilder(Tuples.tuple("foreign id", 1, tokenizer, "left", IMAGE))
            .setTokens(List.of(2, 1_000_000, 3))
            .build());

    TupleScan scan = scan();

    TupleIndex index = scan.toEnd();

    assertThat(index.usable().stream()).containsExactly(new TupleRef(0, 0));
    assertThat(scan.leftOut().counts())
        .containsOnly(
            entry(Reason.NO_TUPLE, 2L),
            entry(Reason.NO_VIEW, 1L),
            entry(Reason.EMPTY_REPORT, 1L),
            entry(Reason.FOREIGN_TOKENS, 1L));
    assertThat(scan.leftOut().total()).isEqualTo(5);
    assertThat(scan.leftOut())
        .hasToString(
            "2 that cannot be read, 1 without a view, 1 with an empty report, 1 with token ids beyond the"
                + " tokenizer's vocabulary (let the stage make them again with this tokenizer)");
  }

  @Test
  void shouldNameTheStudiesThatHaveNoReportInAnyRevision() {
    append(0, "a", 1);
    appendUnreported(0, "late", 1);
    appendUnreported(1, "never", 1);
    appendUnreported(1, "never", 2);
    append(0, "late", 2);
    TupleScan scan = scan();

    TupleIndex index = scan.toEnd();

    assertThat(index.usable().stream()).containsExactly(new TupleRef(0, 0), new TupleRef(0, 2));
    assertThat(scan.passedOver()).containsExactly("never");
    assertThat(scan.leftOut().counts()).containsOnly(entry(Reason.NO_REPORT, 1L));
    assertThat(scan.leftOut())
        .hasToString("1 without a report, which an objective of the run needs");
    assertThat(scan.leftOut().byName()).containsOnly(entry("no_report", 1L));
  }

  @Test
  void shouldLeaveOutAStudyThatWasTakenBack() {
    append(0, "a", 1);
    append(0, "b", 1);
    appendUnreported(1, "c", 1);
    append(0, Tuples.takenBack("a", 2));
    append(1, Tuples.takenBack("c", 2));
    append(1, "d", 1);
    append(1, Tuples.takenBack("d", 2));
    append(1, "d", 3);
    TupleScan scan = scan();

    TupleIndex index = scan.toEnd();

    assertThat(index.usable().stream()).containsExactly(new TupleRef(0, 1), new TupleRef(1, 4));
    assertThat(scan.studies()).containsExactlyInAnyOrder("b", "d");
    assertThat(scan.passedOver()).isEmpty();
    assertThat(scan.leftOut().byName()).containsOnly(entry("taken_back", 2L));
  }

  /** A stage that has forgotten a study begins with revision 1 again. */
  @Test
  void shouldTakeAStudyOnceThatComesAgainAfterTheStageHasForgottenIt() {
    append(0, "twice", 1);
    append(0, "taken back", 1);
    append(0, Tuples.takenBack("taken back", 2));
    append(0, "twice", 1);
    append(0, "taken back", 1);

    TupleIndex index = scan().toEnd();

    assertThat(index.usable().stream()).containsExactly(new TupleRef(0, 3), new TupleRef(0, 4));
  }

  @Test
  void shouldNotReplaceATupleByOneOfItsRevisionThatHasNoReport() {
    append(0, "a", 1);
    appendUnreported(0, "a", 1);
    appendUnreported(0, "b", 1);
    append(0, "b", 1);

    TupleIndex index = scan(new NeededInputs(false)).toEnd();

    assertThat(index.usable().stream()).containsExactly(new TupleRef(0, 0), new TupleRef(0, 3));
  }

  @Test
  void shouldTakeStudiesWithoutAReportWhereNoneIsNeeded() {
    append(0, "a", 1);
    appendUnreported(0, "late", 1);
    appendUnreported(1, "never", 1);
    append(0, "late", 2);
    TupleScan scan = scan(new NeededInputs(false));

    TupleIndex index = scan.toEnd();

    assertThat(index.usable().stream())
        .containsExactly(new TupleRef(0, 0), new TupleRef(0, 2), new TupleRef(1, 0));
    assertThat(scan.passedOver()).isEmpty();
    assertThat(scan.leftOut().total()).isZero();
  }

  @Test
  void shouldLeaveOutWhatHasAReportForTheEncoderOnly() {
    StudyTuple tuple = Tuples.tuple("half", 1, tokenizer, "left effusion", IMAGE);
    append(
        0,
        StudyTuple.newBuilder(tuple)
            .setTokens(List.of())
            .setEncoderTokens(tuple.getTokens())
            .build());
    TupleScan scan = scan(new NeededInputs(false));

    TupleIndex index = scan.toEnd();

    assertThat(index.usable().stream()).isEmpty();
    assertThat(scan.leftOut().counts()).containsOnly(entry(Reason.FOREIGN_TOKENS, 1L));
  }

  @Test
  void shouldRefuseTuplesOfAnotherTokenizer() {
    append(0, "a", 1);
    append(
        0,
        StudyTuple.newBuilder(Tuples.tuple("b", 1, tokenizer, "left effusion", IMAGE))
            .setTokenizer("another")
            .build());

    assertThatThrownBy(() -> scan().toEnd())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 of 2 studies")
        .hasMessageContaining(tokenizer.fingerprint());
  }

  @Test
  void shouldSayThatTheTopicDoesNotExist() {
    TupleScan scan =
        TupleScan.open(
            new FakeCluster(),
            CONNECTION,
            Topic.TUPLES_TRAIN,
            TupleCheck.of(ReportTokenizers.shared(tokenizer), new NeededInputs(true)));

    assertThatThrownBy(scan::toEnd)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not exist");
  }

  private TupleScan scan() {
    return scan(new NeededInputs(true));
  }

  private TupleScan scan(NeededInputs needed) {
    return TupleScan.open(
        cluster,
        CONNECTION,
        Topic.TUPLES_TRAIN,
        TupleCheck.of(ReportTokenizers.shared(tokenizer), needed));
  }

  private void appendUnreported(int partition, String studyId, int revision) {
    StudyTuple tuple = Tuples.tuple(studyId, revision, tokenizer, "left effusion", IMAGE);
    append(
        partition,
        StudyTuple.newBuilder(tuple).setTokens(List.of()).setMirroredTokens(List.of()).build());
  }

  private void append(int partition, String studyId, int revision) {
    append(partition, Tuples.tuple(studyId, revision, tokenizer, "left effusion", IMAGE));
  }

  private void append(int partition, StudyTuple tuple) {
    cluster.append(TOPIC, partition, Tuples.bytes(tuple, TOPIC));
  }
}

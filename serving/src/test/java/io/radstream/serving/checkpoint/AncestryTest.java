package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AncestryTest {

  private final Ancestry studies = new Ancestry();

  @Test
  void shouldFlagACheckpointFromTheStepThatReadTheStudy() {
    announce("before", "run", 99, null);
    announce("at", "run", 100, null);
    announce("other", "another-run", 900, null);

    withdraw("study", seen("run", 100));

    assertThat(counts("before", "at", "other")).containsExactly(0, 1, 0);
  }

  @Test
  void shouldFlagAllThatGrewOutOfAFlaggedOne() {
    announce("a", "first", 100, null);
    announce("b", "second", 200, "a");
    announce("c", "third", 300, "b");

    withdraw("study", seen("first", 50));
    withdraw("later", seen("third", 250));

    assertThat(counts("a", "b", "c")).containsExactly(1, 1, 2);
  }

  @Test
  void shouldNotFlagWhatBranchedOffBefore() {
    announce("a", "run", 100, null);
    announce("b", "run", 200, "a");
    announce("branch", "branch", 300, "a");

    withdraw("study", seen("run", 150));

    assertThat(counts("a", "b", "branch")).containsExactly(0, 1, 0);
  }

  @Test
  void shouldCountAStudyOnceHoweverManyRunsAndRecordsNameIt() {
    announce("a", "first", 100, null);
    announce("b", "second", 200, "a");

    withdraw("study", seen("second", 150));
    List<Integer> early = counts("a", "b");
    withdraw("study", seen("first", 90), seen("second", 180));

    assertThat(early).containsExactly(0, 1);
    assertThat(counts("a", "b")).containsExactly(1, 1);
  }

  @Test
  void shouldEndAtAParentThatWasNeverAnnounced() {
    announce("b", "second", 200, "never");

    withdraw("study", seen("first", 1));

    assertThat(counts("b")).containsExactly(0);
  }

  @Test
  void shouldTakeAParentThatIsAnnouncedAfterItsChild() {
    withdraw("study", seen("first", 1));
    announce("b", "second", 200, "a");
    List<Integer> early = counts("b");

    announce("a", "first", 100, null);

    assertThat(early).containsExactly(0);
    assertThat(counts("b")).containsExactly(1);
  }

  @Test
  void shouldComeToAnEndWhereCheckpointsNameEachOtherAsParents() {
    announce("a", "first", 100, "b");
    announce("b", "second", 200, "a");

    withdraw("study", seen("second", 1));

    assertThat(counts("b")).containsExactly(1);
  }

  @Test
  void shouldTellTheRunsThatACheckpointGrewOutOf() {
    announce("a", "first", 100, null);
    announce("b", "first", 200, "a");
    announce("branch", "second", 250, "a");
    announce("c", "second", 300, "branch");
    withdraw("study", seen("first", 50), seen("second", 260));
    withdraw("another", seen("first", 150), seen("second", 301));

    Lineage lineage = studies.of("c").orElseThrow();

    assertThat(lineage.before()).isEmpty();
    assertThat(lineage.runs())
        .extracting(
            Lineage.Run::runId,
            Lineage.Run::checkpoint,
            Lineage.Run::firstStep,
            Lineage.Run::step,
            Lineage.Run::withdrawn,
            Lineage.Run::firstWithdrawn)
        .containsExactly(
            tuple("second", "c", 100L, 300L, 1, OptionalLong.of(260)),
            tuple("first", "a", 0L, 100L, 1, OptionalLong.of(50)));
    assertThat(studies.of("never")).isEmpty();
  }

  @Test
  void shouldTellWhatARunMayRead() {
    studies.announced(
        Announced.of("line", 1)
            .setPositions(
                List.of(
                    new RecordRef("tuples.train", 0, 90L), new RecordRef("tuples.train", 1, 80L)))
            .setBegins(List.of(7L))
            .build());

    assertThat(studies.of("line-000000001").orElseThrow().runs().get(0).mayRead())
        .containsExactly(
            new Lineage.Span("tuples.train", 0, OptionalLong.of(7), 90),
            new Lineage.Span("tuples.train", 1, OptionalLong.empty(), 80));
  }

  @Test
  void shouldSayWhereALineageBreaksOff() {
    announce("b", "second", 200, "never");
    announce("x", "one", 1, "y");
    announce("y", "other", 2, "x");

    assertThat(studies.of("b").orElseThrow().before()).contains("never");
    assertThat(studies.of("x").orElseThrow().runs())
        .extracting(Lineage.Run::runId)
        .containsExactly("one", "other");
  }

  @Test
  void shouldTellTheLastHundredRuns() {
    for (int i = 0; i < 120; i++) {
      announce("c" + i, "run " + i, i, i == 0 ? null : "c" + (i - 1));
    }

    Lineage lineage = studies.of("c119").orElseThrow();

    assertThat(lineage.runs()).hasSize(100);
    assertThat(lineage.before()).contains("c19");
  }

  private List<Integer> counts(String... ids) {
    return Stream.of(ids).map(studies::seenBy).toList();
  }

  private void announce(String id, String run, long step, String parent) {
    studies.announced(
        Announced.of("line", step).setCheckpointId(id).setRunId(run).setParent(parent).build());
  }

  private void withdraw(String study, StudySeen... seen) {
    studies.withdrawn(
        StudyWithdrawn.newBuilder()
            .setStudyId(study)
            .setReason("asked for")
            .setTime(Instant.EPOCH)
            .setSeen(List.of(seen))
            .build());
  }

  private static StudySeen seen(String run, long step) {
    return new StudySeen(run, "line", step);
  }
}

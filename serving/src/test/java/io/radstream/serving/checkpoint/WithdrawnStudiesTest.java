package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WithdrawnStudiesTest {

  private final WithdrawnStudies studies = new WithdrawnStudies();

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

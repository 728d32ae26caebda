package io.radstream.serving.search;

import static io.radstream.serving.search.HeldTuples.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.log.UnreadableRecord;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.FakeTexts;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StudySearchTest {

  private static final byte[] WHITE = TestImages.white();
  private static final byte[] BLACK = TestImages.black();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ModelFleet fleet = new ModelFleet();
  private final HeldTuples tuples = new HeldTuples();
  private final FakeNetwork network = new FakeNetwork();
  private final StudySearch search =
      new StudySearch(
          fleet,
          new SearchLimits(3),
          new PictureReader(Optional.empty()),
          tuples,
          Runnable::run,
          Runnable::run,
          meters);

  @AfterEach
  void close() {
    search.close();
    fleet.close();
  }

  private void live(ScoringModel model) {
    fleet.arrange(Map.of(Role.LIVE, model), 0);
    search.changed();
  }

  private void withdraw(String... studies) {
    search
        .withdrawals()
        .accept(
            List.of(studies).stream()
                .map(id -> new StudyWithdrawn(id, "asked for", Instant.EPOCH, List.of()))
                .toList(),
            true);
  }

  /** Of the live checkpoint. */
  private void fill(StudyTuple... given) {
    live(FakeNetwork.model("first", network));
    withdraw();
    tuples.give(0, given);
  }

  private Neighbours near(String sentence) {
    CheckpointIndex index = search.hold();
    try {
      return index.nearest(index.embed(sentence).orElseThrow(), 10, Optional.empty());
    } finally {
      index.release();
    }
  }

  private static List<String> ids(List<Neighbour> neighbours) {
    return neighbours.stream().map(Neighbour::studyId).toList();
  }

  private String searched() {
    CheckpointIndex index = search.hold();
    try {
      return index.identity().checkpointId();
    } finally {
      index.release();
    }
  }

  @Test
  void shouldFindStudiesAndReportsThatAreNearASentence() {
    // Given
    fill(
        tuple("white", 1, FakeTexts.DARK, WHITE),
        tuple("black", 1, FakeTexts.BRIGHT, BLACK),
        tuple("unread", 1, WHITE));

    // When
    Neighbours found = near("bright");

    // Then
    assertThat(ids(found.studies())).hasSize(3).endsWith("black");
    assertThat(ids(found.reports())).containsExactly("black", "white");
    assertThat(found.reports().get(0).report()).contains("bright");
    assertThat(meters.get("radstream.search.studies").gauge().value()).isEqualTo(3);
  }

  @Test
  void shouldNotNameTheStudyThatIsAskedAbout() {
    // Given
    fill(tuple("white", 1, WHITE), tuple("black", 1, BLACK));
    CheckpointIndex index = search.hold();

    // When
    Neighbours found = index.nearest(index.vector("white").orElseThrow(), 10, Optional.of("white"));
    index.release();

    // Then
    assertThat(ids(found.studies())).containsExactly("black");
  }

  @Test
  void shouldNotFindAStudyAnyMoreOnceItIsWithdrawn() {
    // Given
    fill(tuple("white", 1, WHITE), tuple("black", 1, BLACK));

    // When
    withdraw("white");

    // Then
    assertThat(ids(near("bright").studies())).containsExactly("black");
    assertThat(meters.get("radstream.search.studies").gauge().value()).isEqualTo(1);
  }

  @Test
  void shouldNotIndexWhatWasWithdrawnBefore() {
    // Given
    live(FakeNetwork.model("first", network));
    withdraw("white");

    // When
    tuples.give(0, tuple("white", 1, WHITE), tuple("black", 1, BLACK));

    // Then
    assertThat(ids(near("bright").studies())).containsExactly("black");
  }

  @Test
  void shouldTakeAWithdrawalOfWhichOnlyTheKeyCanBeReadForOne() {
    // Given
    fill(tuple("white", 1, WHITE), tuple("black", 1, BLACK));

    // When
    search.withdrawals().unreadable(List.of(new UnreadableRecord(0, 0, Optional.of("white"))));

    // Then
    assertThat(ids(near("bright").studies())).containsExactly("black");
  }

  @Test
  void shouldForgetAStudyOfWhichNothingIsToBeUsed() {
    // Given
    fill(tuple("white", 1, WHITE), tuple("black", 1, BLACK));

    // When
    tuples.give(0, tuple("white", 2));

    // Then
    assertThat(ids(near("bright").studies())).containsExactly("black");
  }

  @Test
  void shouldGoOnWithStudiesThatCome() {
    // Given
    fill(tuple("white", 1, WHITE));

    // When
    tuples.give(0, tuple("black", 1, BLACK), tuple("torn", 1, TestImages.truncatedJpeg()));

    // Then
    assertThat(ids(near("bright").studies())).containsExactly("white", "black");
    assertThat(meters.get("radstream.search.left.out").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldLeaveOutAStudyThatCannotBeIndexedAndGoOn() {
    // Given
    String endless = "x".repeat(40_000);

    // When
    fill(tuple(endless, 1, WHITE), tuple("black", 1, BLACK));

    // Then
    assertThat(ids(near("bright").studies())).containsExactly("black");
    assertThat(meters.get("radstream.search.left.out").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldAnswerByTheIndexBeforeUntilTheNextIsFilled() {
    // Given
    fill(tuple("white", 1, WHITE));
    live(FakeNetwork.model("second", new FakeNetwork()));
    String before = searched();

    // When
    tuples.give(1, tuple("white", 1, WHITE), tuple("black", 1, BLACK));

    // Then
    assertThat(before).isEqualTo("first");
    assertThat(searched()).isEqualTo("second");
    assertThat(near("bright").studies()).hasSize(2);
    assertThat(tuples.ended()).isEqualTo(1);
    assertThat(network.closed()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheModelOfAQuestionInHand() {
    // Given
    fill(tuple("white", 1, WHITE));
    CheckpointIndex inHand = search.hold();
    live(FakeNetwork.model("second", new FakeNetwork()));

    // When
    tuples.give(1, tuple("white", 1, WHITE));

    // Then
    assertThat(network.closed()).isZero();
    assertThat(inHand.vector("white")).isPresent();
    inHand.release();
    assertThat(network.closed()).isEqualTo(1);
  }

  @Test
  void shouldFinishAnIndexThoughAnotherCheckpointIsLiveByThen() {
    // Given
    live(FakeNetwork.model("first", network));
    withdraw();
    live(FakeNetwork.model("second", new FakeNetwork()));

    // When
    tuples.give(0, tuple("white", 1, WHITE));

    // Then
    assertThat(searched()).isEqualTo("first");
    assertThat(tuples.followed()).isEqualTo(2);
  }

  @Test
  void shouldSayWhyThereIsNoIndex() {
    assertThatThrownBy(search::hold)
        .isInstanceOf(NoIndexException.class)
        .hasMessage("no checkpoint is loaded yet");

    live(FakeNetwork.model("first", network));
    assertThatThrownBy(search::hold)
        .hasMessage("the index of checkpoint first is being built: 0 studies so far");
  }

  @Test
  void shouldNotAnswerBeforeTheWithdrawalsAreKnown() {
    // Given
    live(FakeNetwork.model("first", network));

    // When
    tuples.give(0, tuple("white", 1, WHITE));

    // Then
    assertThatThrownBy(search::hold).isInstanceOf(NoIndexException.class);
    withdraw();
    assertThat(searched()).isEqualTo("first");
  }

  @Test
  void shouldIndexNothingByACheckpointWithoutVectors() {
    // When
    live(
        FakeNetwork.model("taught", new FakeNetwork(Set.of(Capability.LABELS), List.of("bright"))));

    // Then
    assertThat(tuples.followed()).isZero();
    assertThatThrownBy(search::hold).hasMessageContaining("gives no vectors");
  }

  @Test
  void shouldFreeAllWithItsEnd() {
    // Given
    fill(tuple("white", 1, WHITE));
    fleet.close();

    // When
    search.close();

    // Then
    assertThat(tuples.ended()).isEqualTo(1);
    assertThat(network.closed()).isEqualTo(1);
  }
}

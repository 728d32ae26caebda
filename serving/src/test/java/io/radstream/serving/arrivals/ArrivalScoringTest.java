package io.radstream.serving.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StudyScore;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.ViewPictures;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalScoringTest {

  private static final Instant ARRIVED = Instant.parse("2026-01-01T12:00:00Z");
  private static final RecordRef SOURCE = new RecordRef("studies.views", 1, 7L);

  private final Deque<Supplier<CompletableFuture<ScoredStudy>>> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final ArrivalScoring scoring =
      new ArrivalScoring(
          new PictureReader(Optional.empty()),
          () -> false,
          (views, terms) -> answers.remove().get(),
          (scored, views) -> scored.model().checkpointId() + " saw " + views,
          pauses::add,
          InstantSource.fixed(ARRIVED.plusMillis(250)));

  @Test
  void shouldSayWhatTheCheckpointMadeOfAStudyAndHowLongItTook() {
    answers.add(() -> CompletableFuture.completedFuture(scored()));

    StudyScore score = scoring.score(List.of(arrival(new byte[] {1}))).get(0);

    assertThat(score)
        .isEqualTo(
            new StudyScore(
                "s",
                "chest-1",
                Map.of("edema", 0.25),
                250.0,
                score.getTime(),
                3L,
                SOURCE,
                "chest-1 saw [" + Sha256.of(new byte[] {1}) + "]",
                null));
  }

  @Test
  void shouldSayWhyAStudyCannotBeScored() {
    StudyViews noPicture = new StudyViews(Optional.empty(), List.of(new byte[] {1}));
    UnusableViewException unusable =
        catchThrowableOfType(
            UnusableViewException.class, () -> new StudyPreparation(64).prepare(noPicture));
    answers.add(() -> CompletableFuture.failedFuture(unusable));

    StudyScore score = scoring.score(List.of(arrival(new byte[] {1}))).get(0);

    assertThat(score.getRefused()).isEqualTo(unusable.getMessage());
    assertThat(score.getProbabilities()).isEmpty();
    assertThat(score.getSource()).isEqualTo(SOURCE);
  }

  @Test
  void shouldSayThatNothingIsLeftOfAStudyOrThatItCannotBeRead() {
    Arrival unreadable =
        new Arrival("s", -1, List.of(), ARRIVED, SOURCE, Optional.of("value is not Avro"));

    List<StudyScore> scores = scoring.score(List.of(arrival(), unreadable));

    assertThat(scores)
        .extracting(StudyScore::getRefused)
        .containsExactly("its views have been taken back", "value is not Avro");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE})
  void shouldScoreAStudyThatSaysItCameAtNoTimeOfOurs(long millis) {
    answers.add(() -> CompletableFuture.completedFuture(scored()));
    Arrival strange =
        new Arrival(
            "s",
            3,
            List.of(new ViewPictures(new byte[] {1}, Optional.empty())),
            Instant.ofEpochMilli(millis),
            SOURCE,
            Optional.empty());

    StudyScore score = scoring.score(List.of(strange)).get(0);

    assertThat(score.getRefused()).isNull();
    assertThat(score.getLatencyMillis()).isFinite();
  }

  @Test
  void shouldWaitForRoomAsLongAsItIsToldTo() {
    Duration pause = Duration.ofSeconds(2);
    answers.add(() -> CompletableFuture.failedFuture(new OverloadedException("full", pause)));
    answers.add(() -> CompletableFuture.completedFuture(scored()));

    StudyScore score = scoring.score(List.of(arrival(new byte[] {1}))).get(0);

    assertThat(score.getRefused()).isNull();
    assertThat(pauses).containsExactly(pause);
  }

  @Test
  void shouldNotHoldUpAllOthersForAStudyThatAlwaysFails() {
    for (int i = 0; i < 3; i++) {
      answers.add(() -> CompletableFuture.failedFuture(new IllegalStateException("no numbers")));
    }

    StudyScore score = scoring.score(List.of(arrival(new byte[] {1}))).get(0);

    assertThat(score.getRefused()).contains("scoring it failed").doesNotContain("no numbers");
    assertThat(answers).isEmpty();
  }

  @Test
  void shouldScoreNothingWhereNoCheckpointAnswers() {
    answers.add(() -> CompletableFuture.failedFuture(new NoModelException()));

    assertThatThrownBy(() -> scoring.score(List.of(arrival(new byte[] {1}))))
        .isInstanceOf(NoModelException.class);
  }

  private static Arrival arrival(byte[]... views) {
    return new Arrival(
        "s",
        3,
        Arrays.stream(views).map(view -> new ViewPictures(view, Optional.empty())).toList(),
        ARRIVED,
        SOURCE,
        Optional.empty());
  }

  private static ScoredStudy scored() {
    return new ScoredStudy(
        Optional.of("s"),
        new ModelIdentity("chest-1", "chest", 1, Instant.EPOCH),
        Map.of("edema", 0.25),
        Map.of("edema", ScoredBy.PROMPTS),
        new float[] {1},
        1,
        List.of(0, 0, 0));
  }
}

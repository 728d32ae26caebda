package io.radstream.serving.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.model.engine.TorchEngine;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.serving.fleet.JudgedFleet;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.NotCapableException;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import io.radstream.serving.write.ReportQuestion.Draw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

  private static final ReportQuestion GREEDY = ReportQuestion.GREEDY;

  private SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final JudgedFleet fleet = new JudgedFleet(false);
  private ReportWriter writer = new ReportWriter(fleet, new WritingLimits(4, 16), meters);
  @TempDir private Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void close() {
    writer.close();
    fleet.close();
  }

  private WritingModel promote(WritingModel model) {
    fleet.carryOut(model.model(), new Verdict.Promote("test"));
    return model;
  }

  private void limit(int together, int waiting) {
    writer.close();
    meters = new SimpleMeterRegistry();
    writer = new ReportWriter(fleet, new WritingLimits(together, waiting), meters);
  }

  private CompletableFuture<WrittenReport> ask(int study, ReportQuestion question) {
    return ask(study, question, piece -> {});
  }

  private CompletableFuture<WrittenReport> ask(
      int study, ReportQuestion question, Consumer<String> pieces) {
    return writer.write(
        Optional.empty(),
        () ->
            new StudyViews(
                Optional.of("study " + study), List.of(TestImages.png(64 + study, 40 * study))),
        question,
        pieces);
  }

  private static ReportQuestion question(int study) {
    return switch (study % 3) {
      case 0 -> new ReportQuestion(1, OptionalInt.of(10 + study), Optional.empty());
      case 1 -> new ReportQuestion(4, OptionalInt.of(20), Optional.empty());
      default -> drawn(study);
    };
  }

  private static ReportQuestion drawn(long seed) {
    return new ReportQuestion(1, OptionalInt.of(30), Optional.of(new Draw(1.5, 40, 0.9, seed)));
  }

  private void awaitInHand(int reports) {
    while (gauge("radstream.reports.writing") != reports) {
      Thread.onSpinWait();
    }
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  @Test
  void shouldWriteForSeveralAtATimeWhatItWritesForEachAlone() throws IOException {
    // Given
    promote(WritingModel.open(directory, "alone", 3));
    List<WrittenReport> alone =
        IntStream.range(0, 7).mapToObj(study -> ask(study, question(study)).join()).toList();
    assertThat(meters.get("radstream.report.together").summary().max()).isEqualTo(1);
    WritingModel gated = promote(WritingModel.gated(directory, "together", 3));

    // When
    List<CompletableFuture<WrittenReport>> asked =
        IntStream.range(0, 7).mapToObj(study -> ask(study, question(study))).toList();
    gated.texts().allowAll();

    // Then
    for (int study = 0; study < 7; study++) {
      WrittenReport report = asked.get(study).join();
      assertThat(report.text()).isEqualTo(alone.get(study).text()).isNotEmpty();
      assertThat(report.tokens()).isEqualTo(alone.get(study).tokens());
      assertThat(report.end()).isEqualTo(alone.get(study).end());
      assertThat(report.studyId()).contains("study " + study);
      assertThat(report.model().checkpointId()).isEqualTo("together");
    }
    assertThat(meters.get("radstream.report.together").summary().max()).isEqualTo(4);
    assertThat(meters.get("radstream.report.first.token").timer().count()).isEqualTo(14);
    int tokens = 2 * alone.stream().mapToInt(report -> report.tokens() - 1).sum();
    // They are counted once an answer is there.
    while (meters.get("radstream.report.tokens").counter().count() < tokens) {
      Thread.onSpinWait();
    }
    assertThat(meters.get("radstream.report.tokens").counter().count()).isEqualTo(tokens);
  }

  @Test
  void shouldGiveTheTextPieceByPiece() throws IOException {
    promote(WritingModel.open(directory, "a", 3));
    for (int study = 0; study < 3; study++) {
      List<String> pieces = new ArrayList<>();

      WrittenReport report = ask(study, question(study), pieces::add).join();

      assertThat(String.join("", pieces)).isEqualTo(report.text());
      assertThat(pieces).hasSizeGreaterThan(1);
    }
  }

  @Test
  void shouldDrawTheSameReportForTheSameSeed() throws IOException {
    promote(WritingModel.open(directory, "a", 3));

    String first = ask(1, drawn(5)).join().text();

    assertThat(ask(1, drawn(5)).join().text()).isEqualTo(first);
    assertThat(ask(1, drawn(6)).join().text()).isNotEqualTo(first);
  }

  @Test
  void shouldGiveThePlaceOfOneWhoHasGoneToTheNext() throws Exception {
    // Given one in hand, of which a piece was given, and one that waits
    limit(1, 1);
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));
    BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    CompletableFuture<WrittenReport> first = ask(1, GREEDY, pieces::add);
    gated.texts().allow(1);
    pieces.take();
    CompletableFuture<WrittenReport> second =
        ask(2, new ReportQuestion(1, OptionalInt.of(5), Optional.empty()));
    assertThat(gauge("radstream.reports.writing")).isEqualTo(1);
    assertThat(gauge("radstream.reports.waiting")).isEqualTo(1);

    // When the first goes, and only one text more is read than the second needs
    first.cancel(false);
    gated.texts().allow(1 + 5);

    // Then
    assertThat(second.join().tokens()).isEqualTo(5);
    awaitInHand(0);
    assertThat(gauge("radstream.reports.waiting")).isZero();
    assertThat(meters.get("radstream.reports").tag("outcome", "cancelled").counter().count())
        .isEqualTo(1);
  }

  @Test
  void shouldTurnAwayWhoComesWhenEnoughWait() throws Exception {
    limit(1, 1);
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));
    CompletableFuture<WrittenReport> first = ask(1, GREEDY);
    awaitInHand(1);
    CompletableFuture<WrittenReport> second = ask(2, GREEDY);

    CompletableFuture<WrittenReport> third = ask(3, GREEDY);

    assertThatThrownBy(third::join).hasCauseInstanceOf(OverloadedException.class);
    // One that waits and goes makes room.
    second.cancel(false);
    CompletableFuture<WrittenReport> fourth = ask(4, GREEDY);
    gated.texts().allowAll();
    assertThat(first.join().text()).isNotEmpty();
    assertThat(fourth.join().text()).isNotEmpty();
  }

  @Test
  void shouldFinishAReportOnTheModelThatBeganIt() throws Exception {
    // Given
    WritingModel before = promote(WritingModel.gated(directory, "before", 3));
    CompletableFuture<WrittenReport> begun = ask(1, GREEDY);
    awaitInHand(1);

    // When
    promote(WritingModel.open(directory, "after", 4));

    // Then the new one is asked beside it, and the old one goes when its report is written
    CompletableFuture<WrittenReport> later = ask(1, GREEDY);
    assertThat(before.closed().getCount()).isEqualTo(1);
    before.texts().allowAll();
    assertThat(begun.join().model().checkpointId()).isEqualTo("before");
    assertThat(later.join().model().checkpointId()).isEqualTo("after");
    assertThat(later.join().text()).isNotEqualTo(begun.join().text());
    before.closed().await();
  }

  @Test
  void shouldFailWhatWaitsAtTheEndAndFinishWhatIsBegun() throws Exception {
    limit(1, 4);
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));
    CompletableFuture<WrittenReport> begun = ask(1, GREEDY);
    awaitInHand(1);
    CompletableFuture<WrittenReport> waiting = ask(2, GREEDY);
    CompletableFuture<?> unused = waiting.whenComplete((none, failure) -> gated.texts().allowAll());

    writer.close();

    assertThatThrownBy(waiting::join).hasMessageContaining("stopping");
    assertThat(begun.join().text()).isNotEmpty();
    assertThatThrownBy(ask(3, GREEDY)::join).hasMessageContaining("stopping");
  }

  /** A model that cannot be let go of. */
  private record Clinging(Models.Cast cast) implements Models.Cast {

    @Override
    public ScoringModel answering(Set<Capability> needed, Supplier<String> key) {
      return cast.answering(needed, key);
    }

    @Override
    public boolean isAnyOfAnotherSize(StudyInput input) {
      return cast.isAnyOfAnotherSize(input);
    }

    @Override
    public Optional<Models.Lease> shadow() {
      return cast.shadow();
    }

    @Override
    public Optional<Models.Lease> liveBeside(ScoringModel answered) {
      return cast.liveBeside(answered);
    }

    @Override
    public void close() {
      cast.close();
      throw new IllegalStateException("it clings");
    }
  }

  @Test
  void shouldWriteForOthersWhereAModelCannotBeLetGoOf() throws IOException {
    // Given
    writer.close();
    meters = new SimpleMeterRegistry();
    Models clinging = () -> fleet.cast().map(Clinging::new);
    writer = new ReportWriter(clinging, new WritingLimits(4, 16), meters);
    promote(WritingModel.open(directory, "a", 3));
    ask(1, GREEDY).join();
    awaitInHand(0);

    // When
    WrittenReport later = ask(2, GREEDY).join();

    // Then
    assertThat(later.text()).isNotEmpty();
  }

  @Test
  void shouldSayWhatItCannotDo() throws IOException {
    assertThatThrownBy(ask(1, GREEDY)::join).hasCauseInstanceOf(NoModelException.class);

    fleet.carryOut(
        FakeNetwork.model("scores-only", new FakeNetwork()), new Verdict.Promote("test"));
    assertThatThrownBy(ask(1, GREEDY)::join).hasCauseInstanceOf(NotCapableException.class);

    promote(WritingModel.open(directory, "a", 3));
    CompletableFuture<WrittenReport> unusable =
        writer.write(
            Optional.empty(),
            () -> new StudyViews(Optional.empty(), List.of(new byte[] {1, 2})),
            GREEDY,
            piece -> {});
    assertThatThrownBy(unusable::join).hasCauseInstanceOf(UnusableViewException.class);
    assertThat(ask(1, GREEDY).join().text()).isNotEmpty();
  }
}

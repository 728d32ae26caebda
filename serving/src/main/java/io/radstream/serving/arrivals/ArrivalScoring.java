package io.radstream.serving.arrivals;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.log.Patience;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a score of each arrival, of a study that cannot be scored one that says why. */
final class ArrivalScoring {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalScoring.class);
  private static final int ATTEMPTS = 3;

  private final BiFunction<Supplier<StudyViews>, Terms, CompletableFuture<ScoredStudy>> scorer;
  private final BiFunction<ScoredStudy, List<String>, String> receipts;
  private final Patience.Pause pause;
  private final InstantSource clock;

  /**
   * @param scorer as {@link io.radstream.serving.score.StudyScorer#score}
   * @param receipts gives one of a study and the SHA-256 of each of its views
   * @param pause lets time pass where there is no room for a study now
   */
  ArrivalScoring(
      BiFunction<Supplier<StudyViews>, Terms, CompletableFuture<ScoredStudy>> scorer,
      BiFunction<ScoredStudy, List<String>, String> receipts,
      Patience.Pause pause,
      InstantSource clock) {
    this.scorer = scorer;
    this.receipts = receipts;
    this.pause = pause;
    this.clock = clock;
  }

  /**
   * All at once, so that they share passes.
   *
   * @return in the order of the arrivals
   * @throws NoModelException where no checkpoint answers
   */
  List<StudyScore> score(List<Arrival> arrivals) {
    List<CompletableFuture<ScoredStudy>> begun = arrivals.stream().map(this::begin).toList();
    try {
      return IntStream.range(0, begun.size())
          .mapToObj(i -> score(arrivals.get(i), begun.get(i)))
          .toList();
    } finally {
      begun.forEach(answer -> answer.cancel(false));
    }
  }

  private CompletableFuture<ScoredStudy> begin(Arrival arrival) {
    if (arrival.views().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    StudyViews views = new StudyViews(Optional.of(arrival.studyId()), arrival.views());
    return scorer.apply(() -> views, new Terms(arrival.bytes(), OptionalLong.empty()));
  }

  private StudyScore score(Arrival arrival, CompletableFuture<ScoredStudy> begun) {
    if (arrival.views().isEmpty()) {
      return refused(arrival, arrival.unreadable().orElse("its views have been taken back"));
    }
    CompletableFuture<ScoredStudy> answer = begun;
    int failures = 0;
    while (true) {
      try {
        return scored(arrival, answer.join());
      } catch (CompletionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof NoModelException none) {
          throw none;
        }
        if (cause instanceof UnusableViewException unusable) {
          return refused(arrival, unusable.getMessage());
        }
        if (cause instanceof OverloadedException overloaded) {
          pause.pause(overloaded.retryAfter());
        } else if (++failures == ATTEMPTS) {
          return failed(arrival, cause);
        }
        answer = begin(arrival);
      }
    }
  }

  private StudyScore failed(Arrival arrival, Throwable cause) {
    LOG.atWarn()
        .addKeyValue("topic", arrival.source().getTopic())
        .addKeyValue("partition", arrival.source().getPartition())
        .addKeyValue("offset", arrival.source().getOffset())
        .setCause(cause)
        .log("a study that arrived cannot be scored; it is passed over");
    return refused(arrival, "scoring it failed; the service's log says how");
  }

  private StudyScore scored(Arrival arrival, ScoredStudy study) {
    List<String> digests = arrival.views().stream().map(Sha256::of).toList();
    return score(arrival)
        .setCheckpointId(study.model().checkpointId())
        .setProbabilities(study.reading().probabilities())
        .setReceipt(receipts.apply(study, digests))
        .build();
  }

  private StudyScore refused(Arrival arrival, String reason) {
    return score(arrival).setCheckpointId("").setProbabilities(Map.of()).setRefused(reason).build();
  }

  /** A topic may say any time, also one from which no number of nanoseconds leads here. */
  private static double millis(Duration time) {
    return time.getSeconds() * 1e3 + time.getNano() / 1e6;
  }

  private StudyScore.Builder score(Arrival arrival) {
    Instant now = clock.instant();
    return StudyScore.newBuilder()
        .setStudyId(arrival.studyId())
        .setLatencyMillis(millis(Duration.between(arrival.arrivedAt(), now)))
        .setTime(now)
        .setRevision(arrival.revision())
        .setSource(arrival.source());
  }
}

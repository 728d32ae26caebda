package io.radstream.serving.arrivals;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.log.Patience;
import io.radstream.serving.pictures.LostPictureException;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.PicturesAwayException;
import io.radstream.serving.pictures.ViewPictures;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a score of each arrival, of a study that cannot be scored one that says why. For one
 * thread.
 */
final class ArrivalScoring {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalScoring.class);
  private static final int ATTEMPTS = 3;

  /** Of pictures that are held at once; one study may have more. */
  private static final long MOST_BYTES = 128L << 20;

  /**
   * @param shown its pictures
   * @param wanted whether at full resolution, where there is such
   * @param lost why they are not, where that was wanted
   */
  private record Begun(
      List<byte[]> shown,
      boolean wanted,
      Optional<String> lost,
      CompletableFuture<ScoredStudy> answer) {

    boolean shownFull() {
      return wanted && lost.isEmpty();
    }
  }

  private final PictureReader pictures;
  private final BooleanSupplier originals;
  private final BiFunction<Supplier<StudyViews>, Terms, CompletableFuture<ScoredStudy>> scorer;
  private final BiFunction<ScoredStudy, List<String>, String> receipts;
  private final Patience.Pause pause;
  private final InstantSource clock;

  /**
   * @param pictures brings what a checkpoint is to see
   * @param originals whether the live one is to see pictures at full resolution
   * @param scorer as {@link io.radstream.serving.score.StudyScorer#score}
   * @param receipts gives one of a study and the SHA-256 of each of its views
   * @param pause lets time pass where there is no room for a study now
   */
  ArrivalScoring(
      PictureReader pictures,
      BooleanSupplier originals,
      BiFunction<Supplier<StudyViews>, Terms, CompletableFuture<ScoredStudy>> scorer,
      BiFunction<ScoredStudy, List<String>, String> receipts,
      Patience.Pause pause,
      InstantSource clock) {
    this.pictures = pictures;
    this.originals = originals;
    this.scorer = scorer;
    this.receipts = receipts;
    this.pause = pause;
    this.clock = clock;
  }

  /**
   * As many at once as memory is for, so that they share passes.
   *
   * @return in the order of the arrivals
   * @throws NoModelException where no checkpoint answers
   * @throws PicturesAwayException where one is to see pictures that cannot be read now
   */
  List<StudyScore> score(List<Arrival> arrivals) {
    List<StudyScore> scores = new ArrayList<>();
    while (scores.size() < arrivals.size()) {
      scores.addAll(scoreFirst(arrivals.subList(scores.size(), arrivals.size())));
    }
    return scores;
  }

  /**
   * The first of them, as many as memory is for.
   *
   * @param arrivals at least one
   * @return in their order
   * @throws NoModelException as above
   * @throws PicturesAwayException as above
   */
  List<StudyScore> scoreFirst(List<Arrival> arrivals) {
    boolean full = originals.getAsBoolean();
    int count = 1;
    long bytes = arrivals.get(0).bytes(full);
    while (count < arrivals.size() && bytes + arrivals.get(count).bytes(full) <= MOST_BYTES) {
      bytes += arrivals.get(count++).bytes(full);
    }
    return together(arrivals.subList(0, count), full);
  }

  private List<StudyScore> together(List<Arrival> arrivals, boolean full) {
    List<Begun> begun = new ArrayList<>();
    try {
      arrivals.forEach(arrival -> begun.add(begin(arrival, full)));
      return IntStream.range(0, begun.size())
          .mapToObj(i -> score(arrivals.get(i), begun.get(i)))
          .toList();
    } finally {
      begun.forEach(one -> one.answer().cancel(false));
    }
  }

  private Begun begin(Arrival arrival, boolean full) {
    if (arrival.views().isEmpty()) {
      return new Begun(List.of(), full, Optional.empty(), CompletableFuture.completedFuture(null));
    }
    try {
      return begin(arrival, pictures.of(arrival.views(), full), full, Optional.empty());
    } catch (LostPictureException e) {
      // Whoever answers may not want it.
      List<byte[]> published = arrival.views().stream().map(ViewPictures::published).toList();
      return begin(arrival, published, true, Optional.of(e.getMessage()));
    }
  }

  private Begun begin(Arrival arrival, List<byte[]> shown, boolean wanted, Optional<String> lost) {
    StudyViews views = new StudyViews(Optional.of(arrival.studyId()), shown);
    long bytes = shown.stream().mapToLong(view -> view.length).sum();
    return new Begun(
        shown, wanted, lost, scorer.apply(() -> views, new Terms(bytes, OptionalLong.empty())));
  }

  private StudyScore score(Arrival arrival, Begun first) {
    if (arrival.views().isEmpty()) {
      return refused(arrival, arrival.unreadable().orElse("its views have been taken back"));
    }
    Begun begun = first;
    int failures = 0;
    while (true) {
      try {
        ScoredStudy study = begun.answer().join();
        boolean full = study.model().content().originals();
        if (full == begun.shownFull() || !arrival.hasOriginals()) {
          return scored(arrival, study, begun.shown());
        }
        if (begun.lost().isPresent()) {
          return refused(arrival, begun.lost().get());
        }
        // Another checkpoint has answered than was thought.
        begun = begin(arrival, full);
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
        begun = begin(arrival, begun.wanted());
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

  private StudyScore scored(Arrival arrival, ScoredStudy study, List<byte[]> shown) {
    List<String> digests = shown.stream().map(Sha256::of).toList();
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

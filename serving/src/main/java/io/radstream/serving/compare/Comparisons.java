package io.radstream.serving.compare;

import io.radstream.serving.score.AnswerObserver;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.Uncompared;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Keeps what pairs of models made of the same studies, for as long as one of both is loaded, and no
 * longer: it holds callers' names of studies. Thread-safe.
 */
public final class Comparisons implements AnswerObserver {

  /** A difference of a probability above this counts as moved. */
  public static final double MOVED = 0.1;

  /** Most studies of a worklist. */
  public static final int WORKLIST = 50;

  /** More than a fleet makes at a time. */
  private static final int MOST_PAIRS = 8;

  private record Pair(ModelIdentity live, ModelIdentity trial) {}

  private static final class Tally {

    private final Map<String, FindingTally> findings = new TreeMap<>();
    private final List<Disagreement> worklist = new ArrayList<>();
    private long studies;
  }

  /** Studies of no tally, since the model beside did not score them. */
  private record Missed(LongAdder failed, LongAdder dropped) {

    Missed() {
      this(new LongAdder(), new LongAdder());
    }
  }

  private static final Comparator<Disagreement> WORST_FIRST =
      Comparator.comparingDouble(Disagreement::difference).reversed();

  private final InstantSource clock;
  private final double moved;
  private final Map<Pair, Tally> pairs = new LinkedHashMap<>();

  /** Without a lock that whoever reads a tally holds: answers come by here. */
  private final Map<Pair, Missed> missed = new ConcurrentHashMap<>();

  public Comparisons(InstantSource clock) {
    this(clock, MOVED);
  }

  /**
   * @param moved a difference of a probability above this counts as moved
   */
  Comparisons(InstantSource clock, double moved) {
    this.clock = clock;
    this.moved = moved;
  }

  @Override
  public synchronized void compared(ScoredStudy live, ScoredStudy trial) {
    Tally tally = pairs.computeIfAbsent(new Pair(live.model(), trial.model()), pair -> new Tally());
    if (pairs.size() > MOST_PAIRS) {
      pairs.remove(pairs.keySet().iterator().next());
    }
    tally.studies++;
    Optional<Disagreement> most = Optional.empty();
    for (Map.Entry<String, Double> finding : live.probabilities().entrySet()) {
      Double other = trial.probabilities().get(finding.getKey());
      if (other != null) {
        tally
            .findings
            .computeIfAbsent(finding.getKey(), name -> new FindingTally())
            .add(finding.getValue(), other, moved);
        Disagreement here =
            new Disagreement(
                live.studyId(), finding.getKey(), finding.getValue(), other, clock.instant());
        most =
            Optional.of(most.filter(worst -> WORST_FIRST.compare(worst, here) <= 0).orElse(here));
      }
    }
    most.ifPresent(study -> list(tally.worklist, study));
  }

  @Override
  public void uncompared(ModelIdentity live, ModelIdentity trial, Uncompared why) {
    Missed studies = missed.computeIfAbsent(new Pair(live, trial), pair -> new Missed());
    (why == Uncompared.FAILED ? studies.failed() : studies.dropped()).increment();
  }

  /** A study that is asked about again stands there once, as it was scored last. */
  private static void list(List<Disagreement> worklist, Disagreement study) {
    if (study.studyId().isPresent()) {
      worklist.removeIf(other -> other.studyId().equals(study.studyId()));
    }
    int place = Collections.binarySearch(worklist, study, WORST_FIRST);
    worklist.add(place < 0 ? -place - 1 : place, study);
    if (worklist.size() > WORKLIST) {
      worklist.remove(WORKLIST);
    }
  }

  /**
   * Forgets pairs of which neither is loaded any more.
   *
   * @param loaded the models that are
   */
  public synchronized void keepOnly(Collection<ModelIdentity> loaded) {
    Predicate<Pair> gone = pair -> !loaded.contains(pair.live()) && !loaded.contains(pair.trial());
    pairs.keySet().removeIf(gone);
    missed.keySet().removeIf(gone);
  }

  /** The pair that was there first comes first. */
  public synchronized List<Comparison> all() {
    Set<Pair> all = new LinkedHashSet<>(pairs.keySet());
    all.addAll(missed.keySet());
    return all.stream().map(this::comparison).toList();
  }

  private Comparison comparison(Pair pair) {
    Tally tally = pairs.getOrDefault(pair, new Tally());
    Missed not = missed.getOrDefault(pair, new Missed());
    Map<String, FindingAgreement> findings = new TreeMap<>();
    tally.findings.forEach((name, finding) -> findings.put(name, finding.agreement()));
    return new Comparison(
        pair.live(),
        pair.trial(),
        tally.studies,
        not.failed().sum(),
        not.dropped().sum(),
        findings,
        List.copyOf(tally.worklist));
  }
}

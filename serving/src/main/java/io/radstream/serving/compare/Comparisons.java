package io.radstream.serving.compare;

import io.radstream.serving.score.AnswerObserver;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoredStudy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  private static final Comparator<Disagreement> WORST_FIRST =
      Comparator.comparingDouble(Disagreement::difference).reversed();

  private final InstantSource clock;
  private final double moved;
  private final Map<Pair, Tally> pairs = new LinkedHashMap<>();

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
    pairs
        .keySet()
        .removeIf(pair -> !loaded.contains(pair.live()) && !loaded.contains(pair.trial()));
  }

  /** The pair that was there first comes first. */
  public synchronized List<Comparison> all() {
    List<Comparison> all = new ArrayList<>();
    pairs.forEach(
        (pair, tally) -> {
          Map<String, FindingAgreement> findings = new TreeMap<>();
          tally.findings.forEach((name, finding) -> findings.put(name, finding.agreement()));
          all.add(
              new Comparison(
                  pair.live(), pair.trial(), tally.studies, findings, List.copyOf(tally.worklist)));
        });
    return all;
  }
}

package io.radstream.serving.worklist;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.UnreadableRecord;
import io.radstream.serving.compare.Comparison;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The newest studies with their scores and verdicts, as the topics tell. Thread-safe. */
public final class Worklist {

  /** Read to the end before there is a list. */
  private enum Part {
    SCORES,
    LABELS,
    WITHDRAWALS
  }

  private final WorklistLimits limits;
  private final Supplier<List<Comparison>> comparisons;
  private final VerdictOutlet outlet;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final Runnable changed;
  private final Newest<ListedStudy> studies;
  private final Newest<StudyVerdicts> verdicts;
  private final Set<String> withdrawn = new HashSet<>();
  private final Set<Part> missing = EnumSet.allOf(Part.class);

  /**
   * @param comparisons of models that score the same studies here
   * @param outlet that verdicts are written to
   * @param changed called after each change, on the thread that made it
   */
  public Worklist(
      WorklistLimits limits,
      Supplier<List<Comparison>> comparisons,
      VerdictOutlet outlet,
      InstantSource clock,
      MeterRegistry meters,
      Runnable changed) {
    this.limits = limits;
    this.comparisons = comparisons;
    this.outlet = outlet;
    this.clock = clock;
    this.meters = meters;
    this.changed = changed;
    this.studies = new Newest<>(limits.studies());
    this.verdicts = new Newest<>(limits.studies());
    Gauge.builder("radstream.worklist.studies", this, Worklist::size)
        .description("Studies that the worklist holds")
        .register(meters);
  }

  private synchronized int size() {
    return studies.size();
  }

  /** To be given what is on {@code scores}. */
  public TopicFollower.Listener<StudyScore> scores() {
    return (scores, caughtUp) -> change(() -> addScores(scores, caughtUp));
  }

  private boolean addScores(List<StudyScore> scores, boolean caughtUp) {
    for (StudyScore score : scores) {
      String id = score.getStudyId();
      if (!withdrawn.contains(id) && !isOld(score.getTime()) && isPossible(score)) {
        ListedStudy came = ListedStudy.of(score);
        ListedStudy now = studies.get(id).map(before -> before.then(came)).orElse(came);
        studies.put(id, now.scoredAt(), now);
      }
    }
    return known(Part.SCORES, caughtUp) || !scores.isEmpty();
  }

  /** What is no probability would stand before all that are. */
  private static boolean isPossible(StudyScore score) {
    return score.getProbabilities().values().stream().allMatch(it -> it >= 0 && it <= 1);
  }

  /** To be given what is on {@code labels}; what is no verdict is passed over. */
  public TopicFollower.Listener<LabelledStudy> labels() {
    return (labels, caughtUp) -> change(() -> addVerdicts(labels, caughtUp));
  }

  private boolean addVerdicts(List<LabelledStudy> labels, boolean caughtUp) {
    for (LabelledStudy label : labels) {
      if (label.getVerdict() != null
          && !withdrawn.contains(label.getId())
          && !isOld(label.getVerdict().getTime())) {
        StudyVerdicts before = verdicts.get(label.getId()).orElse(StudyVerdicts.NONE);
        verdicts.put(label.getId(), label.getVerdict().getTime(), before.then(label));
      }
    }
    return known(Part.LABELS, caughtUp) || !labels.isEmpty();
  }

  /** To be given what is on {@code studies.withdrawn}. */
  public TopicFollower.Listener<StudyWithdrawn> withdrawals() {
    return new TopicFollower.Listener<>() {
      @Override
      public void accept(List<StudyWithdrawn> records, boolean caughtUp) {
        withdraw(records.stream().map(StudyWithdrawn::getStudyId).toList(), caughtUp);
      }

      @Override
      public void unreadable(List<UnreadableRecord> records) {
        withdraw(records.stream().flatMap(record -> record.key().stream()).toList(), false);
      }
    };
  }

  private void withdraw(List<String> ids, boolean caughtUp) {
    change(
        () -> {
          withdrawn.addAll(ids);
          ids.forEach(studies::remove);
          ids.forEach(verdicts::remove);
          return known(Part.WITHDRAWALS, caughtUp) || !ids.isEmpty();
        });
  }

  /** Whether there is a list from now on. */
  private boolean known(Part part, boolean caughtUp) {
    return caughtUp && missing.remove(part) && missing.isEmpty();
  }

  /**
   * @param change tells whether there was one
   */
  private void change(BooleanSupplier change) {
    boolean is;
    synchronized (this) {
      is = change.getAsBoolean();
    }
    if (is) {
      changed.run();
    }
  }

  private boolean isOld(Instant time) {
    return time.isBefore(clock.instant().minus(limits.age()));
  }

  /**
   * The study as it is listed now; empty where it is not.
   *
   * @throws NotReadYetException where it is not known yet what is
   */
  public synchronized Optional<ListedStudy> study(String studyId) throws NotReadYetException {
    checkRead();
    return studies.get(studyId).filter(study -> !isOld(study.scoredAt()));
  }

  /**
   * @throws NotReadYetException where it is not known yet what is to stand there
   */
  public WorklistPage page(WorklistQuestion question) throws NotReadYetException {
    List<ListedStudy> now;
    Map<String, StudyVerdicts> said = new HashMap<>();
    synchronized (this) {
      checkRead();
      now = studies.all().stream().filter(study -> !isOld(study.scoredAt())).toList();
      now.forEach(
          study -> verdicts.get(study.studyId()).ifPresent(all -> said.put(study.studyId(), all)));
    }
    return new WorklistSelection(
            question, new Ranking(limits.unranked(), question.finding()), comparisons.get())
        .of(now, said);
  }

  private void checkRead() throws NotReadYetException {
    if (!missing.isEmpty()) {
      throw new NotReadYetException("the worklist is being read from the topics; ask again soon");
    }
  }

  /**
   * Writes a verdict down, and shows it. Waits for the broker.
   *
   * @param study as it is {@link #study listed}
   * @throws UnrecordedVerdictException where it cannot be written
   */
  public void record(ListedStudy study, Verdict verdict) throws UnrecordedVerdictException {
    LabelledStudy record = verdict.record(study, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    outlet.write(record);
    change(() -> addVerdicts(List.of(record), false));
    verdict
        .present()
        .forEach(
            (finding, present) ->
                meters
                    .counter(
                        "radstream.verdicts",
                        "agrees",
                        Boolean.toString(verdict.agrees(study, finding)))
                    .increment());
  }
}

package io.radstream.trainer.bisect;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.augment.Intensity;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.bisect.BisectOutcome.Confirmation;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.figures.RecordedFigures;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.traits.Condition;
import io.radstream.trainer.traits.Exclusion;
import io.radstream.trainer.traits.StudyPlace;
import io.radstream.trainer.traits.StudyTraits;
import io.radstream.trainer.traits.TraitsReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds by which studies a figure of a run turned bad, from the topics and the run's checkpoints.
 * Writes nothing to them.
 */
public final class Bisect {

  private final Surroundings at;
  private final BisectRequest request;
  private final FigureMeter meter;
  private final BisectListener listener;
  private final LedgerReader ledger;
  private final LedgerEntry run;
  private final RunReplays replays;

  /**
   * @param meter of what the run itself did not measure
   * @throws TrainingException where the ledger has no run that took both steps
   */
  public Bisect(
      Surroundings at, BisectRequest request, FigureMeter meter, BisectListener listener) {
    this.at = at;
    this.request = request;
    this.meter = meter;
    this.listener = listener;
    this.ledger = new LedgerReader(at.clients(), at.connection());
    this.run = run();
    this.replays = new RunReplays(at, request.line(), run.record().getRunId(), listener);
  }

  /** Has {@link #find} end with {@link StoppedException}; from any thread. */
  public void requestStop() {
    replays.requestStop();
  }

  /**
   * @throws TrainingException where the figure was not good and bad at the steps that were named,
   *     or the run cannot be taken again
   * @throws StoppedException where a stop was requested; what was measured is kept
   * @throws IOException where a checkpoint is damaged, or measurements cannot be kept
   */
  public BisectOutcome find() throws IOException, InterruptedException {
    String runId = run.record().getRunId();
    RecordedFigures recorded = RecordedFigures.read(at.clients(), at.connection(), runId);
    TurnSearch search =
        new TurnSearch(
            request,
            withCheckpoints(recorded.validations(), runId),
            replays,
            meter,
            new MeasuredFigures(request.kept(), runId),
            listener);
    Judge judge = search.judge();
    Turn turn = search.turn(judge);
    listener.found(turn);
    ReadStudies studies =
        ReadStudies.of(ledger.stream(run.position(), runId), turn, request.ends());
    Map<StudyPlace, KnownStudy> known = known(studies);
    List<Peculiarity> found =
        new StudyComparison(of(studies.during(), known), of(studies.before(), known))
            .peculiarities();
    Optional<Group> suspected = Suspicion.of(found);
    Turn ends = request.ends();
    return new BisectOutcome(
        runId,
        search.known(),
        judge,
        turn,
        studies.sound(),
        studies.last(),
        traits(studies.during(), known),
        studies.before().size(),
        found,
        recorded.alarms().subMap(ends.good(), false, ends.bad(), true),
        suspected,
        request.confirm() ? Optional.of(confirmed(suspected, studies, judge)) : Optional.empty());
  }

  private LedgerEntry run() {
    Turn ends = request.ends();
    LedgerEntry found =
        ledger
            .newestRun(this::mayHaveTaken)
            .orElseThrow(
                () ->
                    new TrainingException(
                        "the ledger has no run of line %s%s that began before step %d"
                            .formatted(
                                request.line(),
                                request.run().map(" named "::concat).orElse(""),
                                ends.good())));
    String runId = found.record().getRunId();
    if (ledger.count(found.position(), runId, step -> step == ends.bad()) == 0) {
      throw new TrainingException(
          "run %s has no step %d; name another one with --run, or other steps: both have to be of one run"
              .formatted(runId, ends.bad()));
    }
    return found;
  }

  private boolean mayHaveTaken(StepRecord opening) {
    return opening.getOpening().getLine().equals(request.line())
        && opening.getOpening().getFirstStep() <= request.ends().good()
        && request.run().map(opening.getRunId()::equals).orElse(true);
  }

  /** What a topic does not hold any more, a checkpoint may still tell. */
  private NavigableMap<Long, Map<String, Double>> withCheckpoints(
      NavigableMap<Long, Map<String, Double>> recorded, String runId) throws IOException {
    NavigableMap<Long, Map<String, Double>> all = new TreeMap<>();
    for (Checkpoint checkpoint : at.store().list(request.line())) {
      if (checkpoint.state().runId().equals(runId)) {
        all.put(checkpoint.state().step(), checkpoint.state().metrics());
      }
    }
    all.putAll(recorded);
    return all;
  }

  /** Under the weights of the step behind which the studies begin. */
  private Map<StudyPlace, KnownStudy> known(ReadStudies studies)
      throws IOException, InterruptedException {
    List<StudyPlace> places = new ArrayList<>(studies.during());
    places.addAll(studies.before());
    Map<StudyPlace, Map<StudyNumber, Double>> numbers = new HashMap<>();
    Likeness likeness = new Likeness();
    replays.look(
        new TreeSet<>(List.of(studies.sound())),
        studies.sound(),
        List.of(),
        "to show %d studies to the weights of before".formatted(places.size()),
        (step, network) ->
            network.forEach(
                places,
                (place, study, loss) -> {
                  likeness.add(place, study.views().shown());
                  numbers.put(place, numbers(study, loss));
                }));
    likeness
        .to(studies.before())
        .forEach((place, value) -> numbers.get(place).put(StudyNumber.LIKENESS, value));
    Map<StudyPlace, KnownStudy> known = new HashMap<>();
    RunConfig config = RunConfig.fromJson(run.record().getOpening().getConfig());
    new TraitsReader(RunSources.of(config, at.clients(), at.connection()))
        .read(places)
        .forEach(
            (place, traits) ->
                known.put(place, new KnownStudy(traits, numbers.getOrDefault(place, Map.of()))));
    return known;
  }

  private static Map<StudyNumber, Double> numbers(PreparedStudy study, double loss) {
    Intensity intensity = Intensity.of(study.views().shown());
    Map<StudyNumber, Double> numbers = new EnumMap<>(StudyNumber.class);
    numbers.put(StudyNumber.LOSS, loss);
    numbers.put(StudyNumber.BRIGHTNESS, intensity.brightness());
    numbers.put(StudyNumber.CONTRAST, intensity.contrast());
    numbers.put(StudyNumber.REPORT_TOKENS, (double) study.report().decoder().length);
    return numbers;
  }

  private static List<KnownStudy> of(
      Collection<StudyPlace> places, Map<StudyPlace, KnownStudy> known) {
    return places.stream().map(known::get).toList();
  }

  private static Map<StudyPlace, StudyTraits> traits(
      Collection<StudyPlace> places, Map<StudyPlace, KnownStudy> known) {
    Map<StudyPlace, StudyTraits> traits = new HashMap<>();
    places.forEach(place -> traits.put(place, known.get(place).traits()));
    return traits;
  }

  /**
   * The whole way between the steps that were named, since a figure turns behind what turns it; of
   * what is suspected, or of all that was read when it turned.
   */
  private Confirmation confirmed(Optional<Group> suspected, ReadStudies studies, Judge judge)
      throws IOException, InterruptedException {
    Turn ends = request.ends();
    List<Condition> conditions = new ArrayList<>();
    suspected.ifPresent(group -> conditions.add(group.condition()));
    conditions.add(
        suspected.isPresent()
            ? new Condition.Steps(ends.good() + 1, ends.bad())
            : new Condition.Steps(studies.sound() + 1, studies.last()));
    Exclusion without = new Exclusion(conditions);
    Map<Long, Double> figures = new HashMap<>();
    ReplaySummary summary =
        replays.look(
            new TreeSet<>(List.of(ends.bad())),
            ends.good(),
            List.of(without),
            "without " + without,
            (step, network) ->
                figures.put(step, meter.measure(step, network).get(request.figure().name())));
    double value = figures.get(ends.bad());
    return new Confirmation(without, summary.passedOver(), value, judge.holds(value));
  }
}

package io.radstream.trainer.ledger;

import io.radstream.schemas.ReadPosition;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.feed.Draft;
import io.radstream.trainer.feed.Drafts;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.feed.Studies;
import io.radstream.trainer.tuples.SourceRanges;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The batches that a run has taken before, as the ledger has them. */
public final class LedgerDrafts implements Drafts {

  /** So many steps are fetched at once: their studies were mixed together, and lie together. */
  private static final int STEPS_AT_ONCE = 16;

  private record Ahead(
      StepRecord step, List<Read> reads, List<CompletableFuture<PreparedStudy>> studies) {}

  private final Iterator<StepRecord> steps;
  private final Studies studies;
  private final Function<StepRecord, List<Read>> reads;
  private final Deque<Ahead> ahead = new ArrayDeque<>();

  /**
   * @param steps in order, openings left out
   * @param reads where the studies of a step are
   */
  public LedgerDrafts(
      Iterator<StepRecord> steps, Studies studies, Function<StepRecord, List<Read>> reads) {
    this.steps = steps;
    this.studies = studies;
    this.reads = reads;
  }

  /**
   * @throws WithdrawnStudyException where a study was withdrawn since
   * @throws LedgerException where one has no readable view any more, or no report where other
   *     settings than the run's need one
   */
  @Override
  public Optional<Draft> next() throws InterruptedException {
    if (ahead.size() <= STEPS_AT_ONCE / 2) {
      fill();
    }
    return ahead.isEmpty() ? Optional.empty() : Optional.of(draft(ahead.remove()));
  }

  private Draft draft(Ahead next) throws InterruptedException {
    List<PreparedStudy> prepared = new ArrayList<>();
    for (int i = 0; i < next.reads().size(); i++) {
      PreparedStudy study = Studies.get(next.studies().get(i));
      if (studies.withdrawn().test(study.studyId())) {
        throw new WithdrawnStudyException(told(next, i, "was withdrawn"));
      }
      if (!study.hasView()) {
        throw new LedgerException(told(next, i, "has no view that can be decoded any more"));
      }
      if (studies.needed().report() && !study.hasReport()) {
        throw new LedgerException(told(next, i, "has no report, which an objective needs"));
      }
      prepared.add(study);
    }
    return new Draft(
        next.reads(),
        prepared,
        positions(next.step()),
        SourceRanges.ofRecords(next.step().getPassedOver()));
  }

  private static String told(Ahead next, int place, String why) {
    Read read = next.reads().get(place);
    return "step %d cannot be taken again: the study at %s of source %s %s"
        .formatted(next.step().getStep(), read.ref(), read.source(), why);
  }

  private void fill() {
    List<StepRecord> further = new ArrayList<>();
    while (further.size() < STEPS_AT_ONCE && steps.hasNext()) {
      further.add(steps.next());
    }
    List<List<Read>> located = further.stream().map(reads).toList();
    Map<String, List<TupleRef>> neighbours =
        located.stream()
            .flatMap(List::stream)
            .collect(
                Collectors.groupingBy(
                    Read::source, Collectors.mapping(Read::ref, Collectors.toList())));
    for (int i = 0; i < further.size(); i++) {
      List<CompletableFuture<PreparedStudy>> fetched =
          located.get(i).stream()
              .map(read -> studies.ahead(read, neighbours.get(read.source())))
              .toList();
      ahead.add(new Ahead(further.get(i), located.get(i), fetched));
    }
  }

  /** Where the run itself read them. */
  public static List<Read> reads(StepRecord step) {
    return step.getReads().stream().map(LedgerDrafts::read).toList();
  }

  private static Read read(StudyRead read) {
    return new Read(
        read.getSource(),
        new TupleRef(read.getTuple().getPartition(), read.getTuple().getOffset()),
        read.getRank(),
        read.getDraw());
  }

  /** Where a run goes on behind a step. */
  public static List<SourcePosition> positions(StepRecord step) {
    return step.getNext().stream().map(LedgerDrafts::position).toList();
  }

  private static SourcePosition position(ReadPosition position) {
    Map<Integer, Long> offsets = new HashMap<>();
    Map<Integer, Long> ranks = new HashMap<>();
    for (int i = 0; i < position.getOffsets().size(); i++) {
      RecordRef next = position.getOffsets().get(i);
      offsets.put(next.getPartition(), next.getOffset());
      if (i < position.getRanks().size() && position.getRanks().get(i) >= 0) {
        ranks.put(next.getPartition(), position.getRanks().get(i));
      }
    }
    return new SourcePosition(
        position.getSource(), position.getEpoch(), position.getPosition(), offsets, ranks);
  }
}

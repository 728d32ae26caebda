package io.radstream.serving.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.ReaderVerdict;
import io.radstream.schemas.StudyScore;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.compare.Comparison;
import io.radstream.serving.worklist.Scores;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.worklist.WorklistLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A service with a worklist, which a test gives the records of its topics. */
final class ListingService implements AutoCloseable {

  final List<LabelledStudy> written = new CopyOnWriteArrayList<>();
  final RunningApi running;
  Worklist list;

  private ListingService(Path store, AccessConfig access) {
    this.running = ApiSetup.in(store).access(access).worklist(this::listing).start();
  }

  /** One that has read its topics, in which nothing is yet. */
  static ListingService open(Path store, AccessConfig access) {
    ListingService service = new ListingService(store, access);
    service.caughtUp();
    return service;
  }

  /** One that is still to read them. */
  static ListingService unread(Path store) {
    return new ListingService(store, RunningApi.OPEN);
  }

  private Worklist listing(Supplier<List<Comparison>> comparisons, MeterRegistry meters) {
    WorklistLimits limits = new WorklistLimits(100, Duration.ofDays(1), WorklistLimits.NO_FINDINGS);
    list = new Worklist(limits, comparisons, written::add, () -> Scores.NOW, meters, this::changed);
    return list;
  }

  private void changed() {
    running.events.listed();
  }

  void caughtUp() {
    list.labels().accept(List.of(), true);
    list.withdrawals().accept(List.of(), true);
    scored();
  }

  void scored(StudyScore... scores) {
    list.scores().accept(List.of(scores), true);
  }

  /** By somebody else, on the score of the checkpoint a. */
  void said(String reader, String studyId, String finding, boolean present) {
    ReaderVerdict verdict = new ReaderVerdict(reader, Scores.NOW, "a", 0L, List.of());
    list.labels()
        .accept(
            List.of(
                new LabelledStudy(
                    studyId, "reader", Map.of(finding, present ? 1.0 : 0.0), List.of(), verdict)),
            true);
  }

  @Override
  public void close() {
    running.close();
  }
}

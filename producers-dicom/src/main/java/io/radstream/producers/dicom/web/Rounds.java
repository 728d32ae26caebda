package io.radstream.producers.dicom.web;

import io.radstream.producers.dicom.web.ArchiveException.Kind;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.SourceItem;
import io.radstream.schemas.RejectionReason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes page after page of a feed, and again what failed, and remembers what is dealt with. For one
 * thread.
 */
final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Feed feed;
  private final Intake intake;
  private final Failures failures;
  private final boolean once;
  private final InstantSource clock;

  /**
   * @param once whether what fails is left to the next run
   */
  Rounds(Feed feed, Intake intake, Failures failures, boolean once, InstantSource clock) {
    this.feed = feed;
    this.intake = intake;
    this.failures = failures;
    this.once = once;
    this.clock = clock;
  }

  /**
   * @return whether there is nothing more now
   * @throws ArchiveException where the archive fails for all; what was brought in is remembered
   */
  boolean next(PartSink sink) throws ArchiveException {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    failures.due(clock.instant()).forEach(it -> candidates.put(it.key(), it));
    boolean last = true;
    if (!failures.isFull()) {
      Feed.Page page = page(sink);
      page.candidates().stream()
          .filter(it -> !failures.holds(it))
          .forEach(it -> candidates.putIfAbsent(it.key(), it));
      last = page.last();
    }
    List<Visit> visits = intake.visit(List.copyOf(candidates.values()), sink);
    List<Mark> marks = new ArrayList<>();
    visits.forEach(visit -> conclude(visit, sink, marks));
    feed.position().ifPresent(marks::add);
    remember(marks, sink);
    Optional<ArchiveException> outage =
        visits.stream()
            .flatMap(visit -> visit.failure().stream())
            .filter(ArchiveException::concernsAll)
            .findFirst();
    if (outage.isPresent()) {
      throw outage.get();
    }
    return last;
  }

  private Feed.Page page(PartSink sink) throws ArchiveException {
    try {
      return feed.next(sink);
    } catch (ArchiveException e) {
      if (e.kind() == Kind.GONE) {
        throw new ArchiveException(
            Kind.BAD_ANSWER, "there is no such service under the archive's address (HTTP 404)", e);
      }
      throw e;
    }
  }

  private void conclude(Visit visit, PartSink sink, List<Mark> marks) {
    Candidate candidate = visit.candidate();
    Optional<ArchiveException> failure = visit.failure();
    boolean setAside = false;
    if (failure.isPresent() && !failure.get().concernsAll()) {
      int tries = Failures.tries(candidate, sink) + 1;
      marks.add(Failures.mark(candidate, tries));
      setAside = tries >= Failures.TRIES;
      tell(candidate, failure.get(), tries, setAside, sink);
      if (!setAside && !once) {
        failures.postpone(candidate, tries, clock.instant());
      }
    } else if (failure.isPresent() || visit.isLost()) {
      failures.postpone(candidate, 0, clock.instant());
    }
    boolean settled = !visit.isLost() && (failure.isEmpty() || setAside);
    candidate.mark(visit.done(), settled).ifPresent(marks::add);
    if (settled) {
      feed.settled(candidate);
    }
  }

  private void tell(
      Candidate candidate, ArchiveException failure, int tries, boolean setAside, PartSink sink) {
    if (!setAside && !once) {
      LOG.warn(
          "Something could not be fetched: {}; try {} of {}",
          failure.getMessage(),
          tries,
          Failures.TRIES);
      return;
    }
    String text =
        "%s; %s after try %d of %d"
            .formatted(
                failure.getMessage(),
                setAside ? "set aside" : "left to the next run",
                tries,
                Failures.TRIES);
    SourceItem refused = new SourceItem.Refused(intake.nextNumber(), RejectionReason.OTHER, text);
    sink.accept(Consignment.of(refused).from(intake.origin(candidate.place())), Receipt.NONE);
  }

  /** Waits for the acknowledgement, so that the next page knows what was seen on this one. */
  private static void remember(List<Mark> marks, PartSink sink) {
    if (marks.isEmpty()) {
      return;
    }
    CompletableFuture<Void> told = new CompletableFuture<>();
    sink.accept(
        new Consignment(List.of(), marks),
        new Receipt() {
          @Override
          public void acknowledged() {
            told.complete(null);
          }

          @Override
          public void refused(RejectionReason reason, String explanation) {
            told.complete(null);
          }

          @Override
          public void failed(String explanation) {
            told.complete(null);
          }
        });
    told.join();
  }
}

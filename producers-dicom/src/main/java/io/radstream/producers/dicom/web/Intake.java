package io.radstream.producers.dicom.web;

import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.SourceItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings instances from an archive to the cluster: several are fetched at once, and they are sent
 * in the order of their candidates. For one thread.
 */
final class Intake {

  private record Errand(Visit visit, InstanceAddress address) {}

  private final DicomWeb archive;
  private final InstanceReader reader;
  private final Placements placements;
  private final InOrder connections;
  private long number;

  Intake(DicomWeb archive, InstanceReader reader, Placements placements, InOrder connections) {
    this.archive = archive;
    this.reader = reader;
    this.placements = placements;
    this.connections = connections;
  }

  /** Place in the source of the next item. */
  long nextNumber() {
    return ++number;
  }

  /**
   * @return one visit for each candidate; all that was sent is acknowledged, refused or lost. Where
   *     the archive itself fails, the rest is not asked for.
   */
  List<Visit> visit(List<Candidate> candidates, PartSink sink) {
    AtomicReference<ArchiveException> outage = new AtomicReference<>();
    List<Visit> visits = new ArrayList<>();
    connections.forEach(
        candidates, candidate -> look(candidate, outage), (candidate, visit) -> visits.add(visit));
    List<Errand> errands = new ArrayList<>();
    for (Visit visit : visits) {
      visit.instances().forEach(address -> errands.add(new Errand(visit, address)));
    }
    Map<String, Visit> underway = new HashMap<>();
    connections.forEach(
        errands,
        errand -> fetch(errand.address(), outage),
        (errand, fetched) -> {
          // What was published of an instance is known only once that is acknowledged.
          Visit before = underway.put(errand.address().instance(), errand.visit());
          if (before != null) {
            before.await();
          }
          handOver(errand, fetched, sink);
        });
    visits.forEach(Visit::await);
    return visits;
  }

  private Visit look(Candidate candidate, AtomicReference<ArchiveException> outage) {
    List<InstanceAddress> instances = List.of();
    Optional<ArchiveException> failure = Optional.ofNullable(outage.get());
    if (failure.isEmpty()) {
      try {
        instances = candidate.look();
      } catch (ArchiveException e) {
        failure = Optional.of(e).filter(it -> it.kind() != ArchiveException.Kind.GONE);
        noteOutage(e, outage);
      }
    }
    Visit visit = new Visit(candidate, instances);
    failure.ifPresent(visit::failed);
    return visit;
  }

  private Fetched fetch(InstanceAddress address, AtomicReference<ArchiveException> outage) {
    if (outage.get() != null) {
      return new Fetched.Failed(outage.get());
    }
    Fetched fetched = Fetched.from(archive, reader, address);
    if (fetched instanceof Fetched.Failed failed) {
      noteOutage(failed.failure(), outage);
    }
    return fetched;
  }

  private static void noteOutage(ArchiveException e, AtomicReference<ArchiveException> outage) {
    if (e.concernsAll()) {
      outage.compareAndSet(null, e);
    }
  }

  /**
   * @param place below the archive's address
   */
  Origin origin(String place) {
    return new Origin(place, archive.root().getHost());
  }

  private void handOver(Errand errand, Fetched fetched, PartSink sink) {
    Visit visit = errand.visit();
    InstanceAddress address = errand.address();
    if (fetched instanceof Fetched.Read read) {
      Consignment consignment =
          placements.place(
              sink,
              nextNumber(),
              "view/" + address.instance(),
              read.instance().digest(),
              read.instance().part());
      sink.accept(consignment.from(origin(address.path())), visit.sending(address));
    } else if (fetched instanceof Fetched.Refused refused) {
      SourceItem item =
          new SourceItem.Refused(nextNumber(), refused.reason(), refused.explanation());
      sink.accept(Consignment.of(item).from(origin(address.path())), visit.sending(address));
    } else if (fetched instanceof Fetched.Gone) {
      visit.gone(address);
    } else if (fetched instanceof Fetched.Failed failed) {
      visit.failed(failed.failure());
    }
  }
}

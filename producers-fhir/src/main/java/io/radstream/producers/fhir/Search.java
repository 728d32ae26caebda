package io.radstream.producers.fhir;

import io.radstream.producers.fhir.FhirException.Kind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IdType;

/**
 * One search, page by page. After each page it tells how far all is dealt with, so that what breaks
 * off later costs no more than a page. For one thread.
 */
final class Search {

  private static final int MOST_PAGES = 100_000;

  /** One after the other, without a report. */
  private static final int MOST_EMPTY_PAGES = 100;

  private final FhirResources resources;
  private final Intake intake;
  private final Progress progress;
  private final Consumer<Position> reached;
  private final Set<String> addresses = new HashSet<>();
  private final Set<String> beginnings = new HashSet<>();
  private Instant newest = Instant.MIN;
  private boolean inOrder = true;
  private int emptyPages;
  private int pages;
  private int found;

  /**
   * @param intake takes the reports
   * @param reached is told of each position, also where it is the same as before
   */
  Search(FhirResources resources, Intake intake, Progress progress, Consumer<Position> reached) {
    this.resources = resources;
    this.intake = intake;
    this.progress = progress;
    this.reached = reached;
  }

  /**
   * @param open whether to go on
   * @throws FhirException of kind GONE where the server has forgotten the search meanwhile
   */
  void run(String query, BooleanSupplier open) throws FhirException {
    Bundle bundle = first(query);
    take(bundle);
    for (Optional<String> next = next(bundle); next.isPresent(); next = next(bundle)) {
      if (!open.getAsBoolean()) {
        return;
      }
      if (pages >= MOST_PAGES || !addresses.add(next.get())) {
        throw circle();
      }
      bundle = resources.page(next.get());
      take(bundle);
    }
    reached.accept(progress.position(true));
  }

  /** Reports that were not dealt with before. */
  int found() {
    return found;
  }

  /** Of which all reports were dealt with, put off or refused. */
  int pages() {
    return pages;
  }

  private Bundle first(String query) throws FhirException {
    try {
      return resources.search(query);
    } catch (FhirException e) {
      if (e.kind() == Kind.GONE) {
        throw new FhirException(
            Kind.BAD_ANSWER, "there is no DiagnosticReport to search under --url (HTTP 404)");
      }
      throw e;
    }
  }

  private static Optional<String> next(Bundle bundle) {
    return Optional.ofNullable(bundle.getLink(Bundle.LINK_NEXT))
        .map(Bundle.BundleLinkComponent::getUrl)
        .filter(url -> !url.isBlank());
  }

  private static FhirException circle() {
    return new FhirException(Kind.BAD_ANSWER, "the pages of the search go round in a circle");
  }

  private void take(Bundle bundle) throws FhirException {
    List<DiagnosticReport> reports =
        bundle.getEntry().stream()
            .map(Bundle.BundleEntryComponent::getResource)
            .filter(DiagnosticReport.class::isInstance)
            .map(DiagnosticReport.class::cast)
            .toList();
    watch(reports);
    References references = new References(resources);
    references.add(bundle);
    try {
      for (DiagnosticReport report : reports) {
        found += intake.take(report, references, progress) ? 1 : 0;
      }
      pages++;
    } finally {
      intake.settle();
      reached.accept(progress.position(inOrder));
    }
  }

  /** Some servers do not sort; some never come to an end, under ever new addresses. */
  private void watch(List<DiagnosticReport> reports) throws FhirException {
    if (reports.isEmpty()) {
      emptyPages++;
    } else {
      emptyPages = 0;
      IdType first = reports.get(0).getIdElement();
      if (!beginnings.add(first + " " + reports.get(0).getMeta().getVersionId())) {
        throw circle();
      }
    }
    if (emptyPages > MOST_EMPTY_PAGES) {
      throw circle();
    }
    for (DiagnosticReport report : reports) {
      if (report.getMeta().hasLastUpdated()) {
        Instant changed = report.getMeta().getLastUpdated().toInstant();
        inOrder &= !changed.isBefore(newest);
        newest = changed.isAfter(newest) ? changed : newest;
      }
    }
  }
}

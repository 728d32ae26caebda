package io.radstream.producers.fhir;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.ListeningSource;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.reports.ReportPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server again and again for reports that have changed, page by page, until it is closed.
 * How far it has come is remembered once the cluster has all of a search; what a search gives a
 * second time is not sent again.
 */
public final class FhirServer implements ListeningSource {

  private static final Logger LOG = LoggerFactory.getLogger(FhirServer.class);
  private static final String NAME = "fhir";
  private static final int PAGE = 100;

  /** A search with more pages goes round in a circle. */
  private static final int MAX_PAGES = 100_000;

  private final FhirEndpoint endpoint;
  private final DiagnosticReports reports;
  private final ReportPlaces places;
  private final IntConsumer searched;
  private final FhirClient client;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param names shared by all sources of the site
   * @param pseudonymizer shared with the publisher
   * @param searched is told after each search how many reports it gave; less than 0: it failed
   */
  public FhirServer(
      FhirEndpoint endpoint,
      FhirRules rules,
      StudyNames names,
      Pseudonymizer pseudonymizer,
      IntConsumer searched) {
    this.endpoint = endpoint;
    this.reports = new DiagnosticReports(rules);
    this.places = new ReportPlaces(names, pseudonymizer);
    this.searched = searched;
    this.client = new FhirClient(endpoint, new ResourceReader());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void deliver(PartSink sink) {
    ReportSending sending = new ReportSending(sink, reports, places);
    sending.readsFrom("", endpoint.base().getHost());
    try {
      do {
        int found = search(sink, sending);
        searched.accept(found);
      } while (!closed.await(endpoint.poll().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int search(PartSink sink, ReportSending sending) throws InterruptedException {
    Optional<Instant> since = sink.recall(cursorKey()).map(Instant::parse);
    Search search = new Search(sending);
    try {
      search.run(first(since));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("a search for reports failed, trying again: {}", e.getMessage());
      sending.settled();
      return -1;
    }
    if (sending.settled() && search.newest.isPresent() && !search.newest.equals(since)) {
      Mark mark = new Mark(cursorKey(), search.newest.get().toString());
      sink.accept(new Consignment(List.of(), List.of(mark)), Receipt.NONE);
    }
    return search.found;
  }

  private String first(Optional<Instant> since) {
    StringBuilder query = new StringBuilder("DiagnosticReport?_sort=_lastUpdated&_count=" + PAGE);
    query.append("&_include=DiagnosticReport:subject&_include=DiagnosticReport:based-on");
    since.ifPresent(
        it ->
            query
                .append("&_lastUpdated=ge")
                .append(URLEncoder.encode(it.toString(), StandardCharsets.UTF_8)));
    return query + (endpoint.query().isEmpty() ? "" : "&" + endpoint.query());
  }

  private String cursorKey() {
    return "cursor/" + endpoint.base() + "?" + endpoint.query();
  }

  /** One search, all its pages. */
  private final class Search {

    private final ReportSending sending;
    private final Set<String> pages = new HashSet<>();
    private Optional<Instant> newest = Optional.empty();
    private int found;

    Search(ReportSending sending) {
      this.sending = sending;
    }

    void run(String first) throws IOException, InterruptedException {
      String page = first;
      while (page != null && closed.getCount() > 0) {
        if (pages.size() >= MAX_PAGES || !pages.add(page)) {
          throw new IOException("the pages of the search go round in a circle");
        }
        if (!(client.get(page) instanceof Bundle bundle)) {
          throw new IOException("the server answers a search with something else than a bundle");
        }
        take(bundle);
        Bundle.BundleLinkComponent next = bundle.getLink(Bundle.LINK_NEXT);
        page = next == null ? null : next.getUrl();
      }
      if (page != null) {
        // What was not read must be found again.
        newest = Optional.empty();
      }
    }

    private void take(Bundle bundle) {
      References references = new References(FhirServer.this::fetch);
      references.add(bundle);
      for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
        if (entry.getResource() instanceof DiagnosticReport report) {
          found++;
          if (report.getMeta().hasLastUpdated()) {
            Instant changed = report.getMeta().getLastUpdated().toInstant();
            newest = newest.filter(it -> it.isAfter(changed)).or(() -> Optional.of(changed));
          }
          sending.send(report, references);
        }
      }
    }
  }

  private Optional<Resource> fetch(String reference) {
    try {
      return client.find(reference);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted"));
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

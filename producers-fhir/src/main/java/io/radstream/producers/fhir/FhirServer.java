package io.radstream.producers.fhir;

import io.radstream.producers.asking.UntilClosed;
import io.radstream.producers.fhir.FhirException.Kind;
import io.radstream.producers.notice.RepeatedWarnings;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.ListeningSource;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.reports.ReportPlaces;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server again and again for reports that have changed, page by page, until it is closed.
 * Which are dealt with is remembered, so that after a restart nothing is missing, and nothing is
 * read or sent twice.
 */
public final class FhirServer implements ListeningSource {

  private static final Logger LOG = LoggerFactory.getLogger(FhirServer.class);
  private static final String NAME = "fhir";
  private static final int PAGE = 100;
  private static final int SMALLER = 4;

  /** Longest transaction of a server: what it took earlier than that can be seen. */
  private static final Duration SHOWN_AFTER = Duration.ofMinutes(5);

  /** A clock may be wrong by that. */
  private static final Duration TOLERATED = Duration.ofDays(1);

  private final FhirEndpoint endpoint;
  private final DiagnosticReports reports;
  private final ReportPlaces places;
  private final Pseudonymizer pseudonymizer;
  private final InstantSource clock;
  private final IntConsumer searched;
  private final AskingLimits limits;
  private final FhirClient client;
  private final FhirResources resources;
  private final UntilClosed until = new UntilClosed();
  private Position position = Position.BEGINNING;
  private volatile boolean remembered = true;
  private boolean answered;
  private int page = PAGE;

  /**
   * @param names shared by all sources of the site
   * @param pseudonymizer shared with the publisher
   * @param clock for times that cannot be, and for what a server may not show yet
   * @param searched is told after each search how many reports it gave that were not dealt with
   *     before; less than 0: it failed
   */
  public FhirServer(
      FhirEndpoint endpoint,
      FhirRules rules,
      StudyNames names,
      Pseudonymizer pseudonymizer,
      InstantSource clock,
      IntConsumer searched) {
    this(endpoint, rules, names, pseudonymizer, clock, searched, AskingLimits.DEFAULT);
  }

  FhirServer(
      FhirEndpoint endpoint,
      FhirRules rules,
      StudyNames names,
      Pseudonymizer pseudonymizer,
      InstantSource clock,
      IntConsumer searched,
      AskingLimits limits) {
    this.endpoint = endpoint;
    this.reports = new DiagnosticReports(rules, clock);
    this.places = new ReportPlaces(names, pseudonymizer);
    this.pseudonymizer = pseudonymizer;
    this.clock = clock;
    this.searched = searched;
    this.limits = limits;
    this.client = new FhirClient(endpoint, limits, until, clock);
    this.resources = new FhirResources(endpoint, client);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException where the server does not answer the first question as it should
   */
  @Override
  public void deliver(PartSink sink) {
    ReportSending sending = new ReportSending(sink, reports, places);
    sending.readsFrom("", endpoint.base().getHost());
    RepeatedWarnings warnings = new RepeatedWarnings(LOG, clock);
    Intake intake = new Intake(sending, pseudonymizer, clock, warnings, endpoint.base().getHost());
    position = recalled(sink);
    int outages = 0;
    while (!until.isClosed() && sink.isOpen()) {
      try {
        int found = search(sink, intake);
        if (outages > 0) {
          LOG.info("The server answers again");
        }
        outages = 0;
        searched.accept(found);
        if (!until.pause(endpoint.poll())) {
          return;
        }
      } catch (FhirException e) {
        if (until.isClosed() || e.kind() == Kind.STOPPED) {
          return;
        }
        if (!answered && e.kind() != Kind.UNAVAILABLE) {
          throw new UncheckedIOException(e);
        }
        outages++;
        Duration wait = limits.pauses(endpoint.poll()).after(outages, e.leftAlone());
        LOG.warn("{}; asking again in {} s", e.getMessage(), wait.toSeconds());
        searched.accept(-1);
        until.pause(wait);
      }
    }
  }

  /** One of the future would hide all that comes before it. */
  private Position recalled(PartSink sink) {
    Optional<String> text = sink.recall(cursorKey());
    Optional<Position> known = text.flatMap(Position::read);
    Instant last = clock.instant().plus(TOLERATED);
    if (known.filter(it -> !it.from().isAfter(last)).isPresent()) {
      return known.get();
    }
    if (text.isPresent()) {
      LOG.warn("How far the server was read cannot be believed: it is read from its beginning");
    }
    return Position.BEGINNING;
  }

  private int search(PartSink sink, Intake intake) throws FhirException {
    int found = 0;
    while (true) {
      Position before = position;
      Progress progress = new Progress(before, clock.instant().minus(SHOWN_AFTER));
      Search search = new Search(resources, intake, progress, at -> reached(at, sink));
      try {
        search.run(query(before), () -> !until.isClosed());
        answered = true;
        return found + search.found();
      } catch (FhirException e) {
        answered |= search.pages() > 0;
        found += search.found();
        if (!canGoOn(e, before)) {
          throw e;
        }
      }
    }
  }

  /** Where the server forgets a search while it is read, the next one begins behind that. */
  private boolean canGoOn(FhirException failure, Position before) {
    if (failure.kind() == Kind.TOO_LARGE && page > 1) {
      page = Math.max(1, page / SMALLER);
      return true;
    }
    return failure.kind() == Kind.GONE && !position.equals(before);
  }

  private void reached(Position now, PartSink sink) {
    if (now.equals(position) && remembered) {
      return;
    }
    position = now;
    remembered = true;
    Mark mark = new Mark(cursorKey(), now.write());
    sink.accept(
        new Consignment(List.of(), List.of(mark)),
        new Receipt() {
          @Override
          public void failed(String explanation) {
            remembered = false;
          }
        });
  }

  private String query(Position since) {
    StringBuilder query = new StringBuilder("DiagnosticReport?_sort=_lastUpdated&_count=" + page);
    query.append("&_include=DiagnosticReport:subject&_include=DiagnosticReport:based-on");
    if (!since.isBeginning()) {
      String from = URLEncoder.encode(since.from().toString(), StandardCharsets.UTF_8);
      query.append("&_lastUpdated=ge").append(from);
    }
    return query + (endpoint.query().isEmpty() ? "" : "&" + endpoint.query());
  }

  private String cursorKey() {
    return "cursor/" + endpoint.base() + "?" + endpoint.query();
  }

  /** Breaks off what is being asked. */
  @Override
  public void close() {
    until.close();
    client.close();
  }
}

package io.radstream.producers.dicom.web;

import io.radstream.producers.asking.UntilClosed;
import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.dicom.web.ArchiveException.Kind;
import io.radstream.producers.publish.ListeningSource;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The radiographs of an archive, as they come into it. What was dealt with is remembered with what
 * was published, so that after a restart nothing is missing and nothing is sent twice; a study that
 * gets further instances is fetched as far as they are new.
 */
public final class DicomWebSource implements ListeningSource {

  /** What published studies say of their origin. */
  public static final String NAME = "dicomweb";

  private static final Logger LOG = LoggerFactory.getLogger(DicomWebSource.class);

  private final DicomWebSettings settings;
  private final Clock clock;
  private final UntilClosed until = new UntilClosed();
  private final ArchiveClient client;
  private final ExecutorService threads;
  private final Rounds rounds;

  /**
   * @param placements with the pseudonyms that studies are published under
   * @param clock its zone is the archive's, since that tells what day it is
   */
  public DicomWebSource(
      DicomWebSettings settings, InstanceReader reader, Placements placements, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.client =
        new ArchiveClient(
            settings.credentials(), settings.trusted(), settings.limits(), until, clock);
    this.threads = Executors.newFixedThreadPool(settings.connections(), DicomWebSource::daemon);
    DicomWeb archive = new DicomWeb(client, settings.root());
    InOrder connections = new InOrder(threads, settings.connections());
    this.rounds =
        new Rounds(
            feed(archive),
            new Intake(archive, reader, placements, connections),
            new Failures(settings.poll()),
            settings.once(),
            clock);
  }

  private Feed feed(DicomWeb archive) {
    if (settings.orthanc().isPresent()) {
      OrthancClient orthanc = new OrthancClient(client, settings.orthanc().get());
      return new ChangeFeed(
          orthanc, settings.modalities(), settings.since(), clock, settings.again());
    }
    Duration since = settings.since().orElseThrow();
    return new DateFeed(archive, settings.modalities(), since, clock, settings.again());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "dicomweb");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException where the archive does not answer the first question as it should,
   *     or, if it is to be asked once, any
   */
  @Override
  public void deliver(PartSink sink) {
    try {
      run(sink);
    } finally {
      close();
      threads.shutdown();
    }
  }

  private void run(PartSink sink) {
    int outages = 0;
    boolean answered = false;
    while (!until.isClosed() && sink.isOpen()) {
      try {
        boolean last = rounds.next(sink);
        if (outages > 0) {
          LOG.info("The archive answers again");
        }
        outages = 0;
        answered = true;
        if (last && (settings.once() || !until.pause(settings.poll()))) {
          return;
        }
      } catch (ArchiveException e) {
        if (until.isClosed()) {
          return;
        }
        if (settings.once() || (!answered && e.kind() != Kind.UNAVAILABLE)) {
          throw new UncheckedIOException(e);
        }
        outages++;
        Duration wait = settings.limits().pauses(settings.poll()).after(outages, e.leftAlone());
        LOG.warn("{}; asking again in {} s", e.getMessage(), wait.toSeconds());
        until.pause(wait);
      }
    }
  }

  /** Breaks off what is being fetched. */
  @Override
  public void close() {
    until.close();
    client.close();
  }
}

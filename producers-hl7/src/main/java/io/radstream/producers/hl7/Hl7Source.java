package io.radstream.producers.hl7;

import io.radstream.producers.hl7.message.Acknowledgements;
import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.message.Hl7Reader;
import io.radstream.producers.hl7.mllp.MllpServer;
import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.publish.ListeningSource;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.reports.ReportPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/**
 * Reports and patient merges as report systems and engines send them: HL7 version 2 over MLLP. A
 * message is answered with AA only when the cluster has it, with AE where it may be sent again, and
 * with AR where that would change nothing.
 */
public final class Hl7Source implements ListeningSource {

  private static final String NAME = "hl7";

  /** As senders see us. */
  private static final String APPLICATION = "RADSTREAM";

  /**
   * How messages are to be read.
   *
   * @param names shared by all sources of the site
   * @param pseudonymizer shared with the publisher
   */
  public record Reading(
      CharacterSets characterSets,
      ReportRules rules,
      StudyNames names,
      Pseudonymizer pseudonymizer) {}

  private final MllpSettings settings;
  private final Reading reading;
  private final InstantSource clock;
  private final IntConsumer listening;
  private final Tally tally = new Tally();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param clock of answers, for times that cannot be, and for how often the same is warned of
   * @param listening is told the port once senders can connect
   */
  public Hl7Source(
      MllpSettings settings, Reading reading, InstantSource clock, IntConsumer listening) {
    this.settings = settings;
    this.reading = reading;
    this.clock = clock;
    this.listening = listening;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * @throws UncheckedIOException where the address cannot be listened on
   */
  @Override
  public void deliver(PartSink sink) {
    MessageReceiver receiver =
        new MessageReceiver(
            sink,
            new ReportPlaces(reading.names(), reading.pseudonymizer()),
            new MergeConsignments(reading.names()),
            reading.rules(),
            clock,
            new Hl7Reader(reading.characterSets()),
            new Acknowledgements(APPLICATION, clock),
            tally);
    try (MllpServer server = MllpServer.start(settings, receiver, clock)) {
      listening.accept(server.port());
      closed.await();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What became of the messages until now. */
  public MessageCounts counts() {
    return tally.counts();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

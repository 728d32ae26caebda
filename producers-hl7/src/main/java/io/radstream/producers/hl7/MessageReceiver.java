package io.radstream.producers.hl7;

import io.radstream.producers.hl7.message.Acknowledgements;
import io.radstream.producers.hl7.message.ErrorCode;
import io.radstream.producers.hl7.message.Hl7Header;
import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Reader;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import io.radstream.producers.hl7.mllp.Answer;
import io.radstream.producers.hl7.mllp.Frame;
import io.radstream.producers.hl7.mllp.Frame.Kept;
import io.radstream.producers.hl7.mllp.Receiver;
import io.radstream.producers.hl7.mllp.Sender;
import io.radstream.producers.hl7.report.PatientMerge;
import io.radstream.producers.hl7.report.ReportReader;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.notice.Fault;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.reports.ReportItem;
import io.radstream.producers.reports.ReportPlaces;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.RejectionReason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages to the sink, and answers each one when it is known what became of it. */
final class MessageReceiver implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(MessageReceiver.class);

  private final PartSink sink;
  private final ReportPlaces places;
  private final MergeConsignments mergeConsignments;
  private final ReportRules rules;
  private final ReportReader reports;
  private final Hl7Reader reader;
  private final Acknowledgements acknowledgements;
  private final Tally tally;
  private final Turns turns = new Turns();
  private final AtomicLong number = new AtomicLong();

  MessageReceiver(
      PartSink sink,
      ReportPlaces places,
      MergeConsignments mergeConsignments,
      ReportRules rules,
      InstantSource clock,
      Hl7Reader reader,
      Acknowledgements acknowledgements,
      Tally tally) {
    this.sink = sink;
    this.places = places;
    this.mergeConsignments = mergeConsignments;
    this.rules = rules;
    this.reports = new ReportReader(rules, clock);
    this.reader = reader;
    this.acknowledgements = acknowledgements;
    this.tally = tally;
  }

  @Override
  public void receive(Frame frame, Sender sender, Consumer<Answer> answer) {
    Optional<Hl7Header> header = Hl7Header.of(frame.bytes());
    if (header.isEmpty()) {
      tally.unreadable.increment();
      answer.accept(new Answer.HangUp());
      SourceItem noMessage =
          new SourceItem.Refused(
              number.incrementAndGet(), RejectionReason.INVALID_RECORD, "no message of HL7");
      From from = new From(new Origin("", sender.host()), lane(sender));
      sink.accept(from.on(Consignment.of(noMessage)), Receipt.NONE);
      return;
    }
    From from = from(header.get(), sender);
    Reply reply = new Reply(header.get(), answer, acknowledgements, tally);
    try {
      take(frame, header.get(), from, reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply.failed("the listener stops");
    } catch (RuntimeException | Error e) {
      LOG.error("a message cannot be handled: {}", Fault.of(e));
      reply.failed("the listener cannot handle the message");
    }
  }

  /** Each connection is a lane, so that a long message holds up its own sender alone. */
  private record From(Origin origin, String lane) {

    Consignment on(Consignment consignment) {
      return consignment.from(origin).inLane(lane);
    }
  }

  private static From from(Hl7Header header, Sender sender) {
    Origin origin = new Origin(header.controlId(), header.sender() + "@" + sender.host());
    return new From(origin, lane(sender));
  }

  private static String lane(Sender sender) {
    return sender.host() + ":" + sender.port();
  }

  private void take(Frame frame, Hl7Header header, From from, Reply reply)
      throws InterruptedException {
    if (frame.kept() == Kept.NO_ROOM) {
      reply.failed("too many messages are under way");
    } else if (frame.kept() == Kept.TOO_LARGE) {
      refuse(
          new SourceItem.Refused(
              number.incrementAndGet(), RejectionReason.OVERSIZED, "the message is too large"),
          ErrorCode.DATA_TYPE,
          from,
          reply);
    } else if (ReportReader.isSaidBy(header)) {
      takeReports(frame.bytes(), header, from, reply);
    } else if (PatientMerge.isSaidBy(header)) {
      takeMerges(frame.bytes(), header, from, reply);
    } else if (!header.hasType()) {
      refuse(
          new SourceItem.Refused(
              number.incrementAndGet(),
              RejectionReason.INVALID_RECORD,
              "MSH-9 names no type of message, such as ORU^R01"),
          ErrorCode.UNSUPPORTED_MESSAGE_TYPE,
          from,
          reply);
    } else {
      tally.notForUs.increment();
      reply.accepted();
    }
  }

  private void takeReports(byte[] bytes, Hl7Header header, From from, Reply reply)
      throws InterruptedException {
    long its = number.incrementAndGet();
    List<ReportItem> items;
    try {
      items = reports.read(reader.read(bytes, header), Sha256.of(bytes));
    } catch (UnreadableMessageException e) {
      refuse(invalid(its, e), e.code(), from, reply);
      return;
    }
    inTurn(
        items.stream().map(ReportItem::key).toList(),
        from,
        reply,
        () -> places.place(sink, its, items),
        its);
  }

  private void takeMerges(byte[] bytes, Hl7Header header, From from, Reply reply)
      throws InterruptedException {
    long its = number.incrementAndGet();
    List<PatientMerge> merges;
    try {
      Hl7Message message = reader.read(bytes, header);
      merges = PatientMerge.of(message, rules);
    } catch (UnreadableMessageException e) {
      refuse(invalid(its, e), e.code(), from, reply);
      return;
    }
    inTurn(
        merges.stream().map(MergeConsignments::key).toList(),
        from,
        reply,
        () -> mergeConsignments.of(sink, its, merges, bytes),
        its);
  }

  @FunctionalInterface
  private interface Consigning {
    Consignment consign() throws RefusedStudyException;
  }

  private void inTurn(List<String> keys, From from, Reply reply, Consigning consigning, long its)
      throws InterruptedException {
    turns.take(keys);
    Reply ending = reply.after(() -> turns.giveBack(keys));
    try {
      sink.accept(from.on(consigning.consign()), ending.receipt(ErrorCode.DATA_TYPE));
    } catch (RefusedStudyException e) {
      refuse(
          new SourceItem.Refused(its, RejectionReason.NO_ACCESSION, e.getMessage()),
          ErrorCode.REQUIRED_FIELD_MISSING,
          from,
          ending);
    } catch (RuntimeException | Error e) {
      turns.giveBack(keys);
      throw e;
    }
  }

  private static SourceItem.Refused invalid(long number, UnreadableMessageException e) {
    return new SourceItem.Refused(number, RejectionReason.INVALID_RECORD, e.getMessage());
  }

  /** By way of the sink, where refusals are counted. */
  private void refuse(SourceItem.Refused refused, ErrorCode code, From from, Reply reply) {
    sink.accept(from.on(Consignment.of(refused)), reply.receipt(code));
  }
}

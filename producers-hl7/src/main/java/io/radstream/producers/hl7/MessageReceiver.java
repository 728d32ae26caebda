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
  public void receive(Frame frame, String from, Consumer<Answer> answer) {
    Optional<Hl7Header> header = Hl7Header.of(frame.bytes());
    if (header.isEmpty()) {
      tally.unreadable.increment();
      answer.accept(new Answer.HangUp());
      SourceItem noMessage =
          new SourceItem.Refused(
              number.incrementAndGet(), RejectionReason.INVALID_RECORD, "no message of HL7");
      sink.accept(Consignment.of(noMessage).from(new Origin("", from)), Receipt.NONE);
      return;
    }
    Origin origin = origin(header.get(), from);
    Reply reply = new Reply(header.get(), answer, acknowledgements, tally);
    try {
      take(frame, header.get(), origin, reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply.failed("the listener stops");
    } catch (RuntimeException | Error e) {
      LOG.error("a message cannot be handled: {}", Fault.of(e));
      reply.failed("the listener cannot handle the message");
    }
  }

  private static Origin origin(Hl7Header header, String from) {
    return new Origin(header.controlId(), header.sender() + "@" + from);
  }

  private void take(Frame frame, Hl7Header header, Origin origin, Reply reply)
      throws InterruptedException {
    if (frame.kept() == Kept.NO_ROOM) {
      reply.failed("too many messages are under way");
    } else if (frame.kept() == Kept.TOO_LARGE) {
      refuse(
          new SourceItem.Refused(
              number.incrementAndGet(), RejectionReason.OVERSIZED, "the message is too large"),
          ErrorCode.DATA_TYPE,
          origin,
          reply);
    } else if (ReportReader.isSaidBy(header)) {
      takeReports(frame.bytes(), header, origin, reply);
    } else if (PatientMerge.isSaidBy(header)) {
      takeMerges(frame.bytes(), header, origin, reply);
    } else {
      tally.notForUs.increment();
      reply.accepted();
    }
  }

  private void takeReports(byte[] bytes, Hl7Header header, Origin origin, Reply reply)
      throws InterruptedException {
    long its = number.incrementAndGet();
    List<ReportItem> items;
    try {
      items = reports.read(reader.read(bytes, header));
    } catch (UnreadableMessageException e) {
      refuse(invalid(its, e), e.code(), origin, reply);
      return;
    }
    inTurn(
        items.stream().map(ReportItem::key).toList(),
        origin,
        reply,
        () -> places.place(sink, its, items),
        its);
  }

  private void takeMerges(byte[] bytes, Hl7Header header, Origin origin, Reply reply)
      throws InterruptedException {
    long its = number.incrementAndGet();
    List<PatientMerge> merges;
    try {
      Hl7Message message = reader.read(bytes, header);
      merges = PatientMerge.of(message, rules);
    } catch (UnreadableMessageException e) {
      refuse(invalid(its, e), e.code(), origin, reply);
      return;
    }
    inTurn(
        merges.stream().map(MergeConsignments::key).toList(),
        origin,
        reply,
        () -> mergeConsignments.of(sink, its, merges, bytes),
        its);
  }

  @FunctionalInterface
  private interface Consigning {
    Consignment consign() throws RefusedStudyException;
  }

  private void inTurn(
      List<String> keys, Origin origin, Reply reply, Consigning consigning, long its)
      throws InterruptedException {
    turns.take(keys);
    Reply ending = reply.after(() -> turns.giveBack(keys));
    try {
      sink.accept(consigning.consign().from(origin), ending.receipt(ErrorCode.DATA_TYPE));
    } catch (RefusedStudyException e) {
      refuse(
          new SourceItem.Refused(its, RejectionReason.NO_ACCESSION, e.getMessage()),
          ErrorCode.REQUIRED_FIELD_MISSING,
          origin,
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
  private void refuse(SourceItem.Refused refused, ErrorCode code, Origin origin, Reply reply) {
    sink.accept(Consignment.of(refused).from(origin), reply.receipt(code));
  }
}

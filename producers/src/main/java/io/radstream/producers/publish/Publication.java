package io.radstream.producers.publish;

import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The parts of one source on their way: through the steps, into records, to the cluster. */
final class Publication implements PartSink {

  /** What the producer adds to a value: key, headers, batch framing. */
  private static final int FRAMING_BYTES = 1024;

  private record Outgoing(ProducerRecord<String, byte[]> record, Deliveries deliveries) {}

  private final String source;
  private final List<PartStep> steps;
  private final StudyAssembler assembler;
  private final RecordEncoder encoder;
  private final Producer<String, byte[]> producer;
  private final PublishProgress progress;
  private final Deliveries studies = new Deliveries();
  private final Deliveries labels = new Deliveries();
  private final Refusals refusals = new Refusals();
  private final AtomicLong handled = new AtomicLong();
  private volatile boolean cutShort;

  Publication(
      String source,
      List<PartStep> steps,
      StudyAssembler assembler,
      RecordEncoder encoder,
      Producer<String, byte[]> producer,
      PublishProgress progress) {
    this.source = source;
    this.steps = List.copyOf(steps);
    this.assembler = assembler;
    this.encoder = encoder;
    this.producer = producer;
    this.progress = progress;
  }

  @Override
  public boolean isOpen() {
    boolean open = !(studies.hopeless() || labels.hopeless());
    cutShort |= !open;
    return open;
  }

  @Override
  public void accept(SourceItem item, Receipt receipt) {
    if (item instanceof SourceItem.Found found) {
      send(found, receipt);
    } else if (item instanceof SourceItem.Refused refused) {
      refuse(refused.number(), refused.reason(), refused.explanation(), receipt);
    }
    progress.advanced(handled.incrementAndGet());
  }

  private void send(SourceItem.Found found, Receipt receipt) {
    List<Outgoing> outgoing;
    try {
      outgoing = records(found.part());
    } catch (RefusedStudyException e) {
      refuse(found.number(), e.reason(), e.getMessage(), receipt);
      return;
    }
    PartRecords part = new PartRecords(receipt, outgoing.size());
    for (Outgoing each : outgoing) {
      int size = each.record().value().length;
      // The outcome comes by the callback; waiting for the future would end all pipelining.
      Future<RecordMetadata> unused =
          producer.send(each.record(), part.expect(size, each.deliveries()));
    }
  }

  private List<Outgoing> records(StudyPart found) throws RefusedStudyException {
    StudyPart part = found;
    for (PartStep step : steps) {
      part = step.apply(part);
    }
    List<Outgoing> records = new ArrayList<>();
    Optional<Study> study = assembler.assemble(source, part);
    if (study.isPresent()) {
      records.add(new Outgoing(limited(encoder.study(study.get())), studies));
    }
    Optional<LabelledStudy> known = assembler.labels(source, part);
    known.ifPresent(it -> records.add(new Outgoing(encoder.labels(it), labels)));
    return records;
  }

  private static ProducerRecord<String, byte[]> limited(ProducerRecord<String, byte[]> record)
      throws RefusedStudyException {
    int limit = Topic.MAX_RECORD_BYTES - FRAMING_BYTES;
    if (record.value().length > limit) {
      throw new RefusedStudyException(
          RejectionReason.OVERSIZED,
          "the record has %d bytes; at most %d are sent; a smaller view size helps"
              .formatted(record.value().length, limit));
    }
    return record;
  }

  private void refuse(long number, RejectionReason reason, String explanation, Receipt receipt) {
    refusals.add(number, reason, explanation);
    receipt.refused(reason, explanation);
  }

  /** Once everything is acknowledged or has failed. */
  PublishSummary summary(double seconds) {
    return PublishSummary.of(source, studies, labels, refusals, seconds, !cutShort);
  }
}

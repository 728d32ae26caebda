package io.radstream.producers.dicom.listen;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Refused;
import io.radstream.producers.publish.StudyPart;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A cluster whose word on each consignment a test gives, or at once. */
final class HeldSink implements PartSink {

  /** What has come; nobody has said yet what becomes of it. */
  record Held(Consignment consignment, Receipt receipt, Map<String, String> marks) {

    StudyPart part() {
      return ((Found) consignment.items().get(consignment.items().size() - 1)).part();
    }

    void acknowledge() {
      for (Mark mark : consignment.marks()) {
        marks.put(mark.key(), mark.value());
      }
      receipt.acknowledged();
    }
  }

  private static final long PATIENCE = 30;

  private final boolean atOnce;
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
  private final Map<String, String> marks = new ConcurrentHashMap<>();

  private HeldSink(boolean atOnce) {
    this.atOnce = atOnce;
  }

  static HeldSink holding() {
    return new HeldSink(false);
  }

  static HeldSink acknowledging() {
    return new HeldSink(true);
  }

  @Override
  public void accept(Consignment consignment, Receipt receipt) {
    Held one = new Held(consignment, receipt, marks);
    if (consignment.items().isEmpty()) {
      one.acknowledge();
      return;
    }
    if (consignment.items().get(0) instanceof Refused refused) {
      receipt.refused(refused.reason(), refused.explanation());
      return;
    }
    held.add(one);
    if (atOnce) {
      one.acknowledge();
    }
  }

  /** The next that has come, waited for. */
  Held next() {
    try {
      Held next = held.poll(PATIENCE, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException("nothing was handed over");
      }
      return next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many have come that nobody has taken with {@link #next}. */
  int untaken() {
    return held.size();
  }

  @Override
  public Optional<String> recall(String key) {
    return Optional.ofNullable(marks.get(key));
  }

  @Override
  public boolean isOpen() {
    return true;
  }
}

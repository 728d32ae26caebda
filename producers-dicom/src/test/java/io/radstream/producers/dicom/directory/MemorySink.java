package io.radstream.producers.dicom.directory;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.SourceItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Keeps what comes, and acknowledges it at once, or what has come before {@link #release} then;
 * marks outlive the source.
 */
final class MemorySink implements PartSink {

  private final Map<String, String> marks = new ConcurrentHashMap<>();
  private final BlockingQueue<SourceItem> items = new LinkedBlockingQueue<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;

  /** One that answers for nothing before it is released. */
  static MemorySink holding() {
    MemorySink sink = new MemorySink();
    sink.holding = true;
    return sink;
  }

  synchronized void release() {
    holding = false;
    held.forEach(Runnable::run);
    held.clear();
  }

  @Override
  public synchronized void accept(Consignment consignment, Receipt receipt) {
    items.addAll(consignment.items());
    if (holding) {
      held.add(() -> answer(consignment, receipt));
    } else {
      answer(consignment, receipt);
    }
  }

  private void answer(Consignment consignment, Receipt receipt) {
    Optional<SourceItem.Refused> refused =
        consignment.items().stream()
            .filter(SourceItem.Refused.class::isInstance)
            .map(SourceItem.Refused.class::cast)
            .findFirst();
    if (refused.isPresent()) {
      receipt.refused(refused.get().reason(), refused.get().explanation());
      return;
    }
    for (Mark mark : consignment.marks()) {
      marks.put(mark.key(), mark.value());
    }
    receipt.acknowledged();
  }

  @Override
  public Optional<String> recall(String key) {
    return Optional.ofNullable(marks.get(key));
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** What has come since the last time. */
  List<SourceItem> drain() {
    List<SourceItem> drained = new ArrayList<>();
    items.drainTo(drained);
    return drained;
  }

  SourceItem await() throws InterruptedException {
    return items.take();
  }
}

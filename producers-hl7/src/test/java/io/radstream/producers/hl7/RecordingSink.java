package io.radstream.producers.hl7;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.SourceItem;
import io.radstream.schemas.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A cluster in memory: keeps what comes, remembers acknowledged marks, and acknowledges at once or
 * when the test says so.
 */
final class RecordingSink implements PartSink {

  record Coming(Consignment consignment, Receipt receipt) {}

  private final boolean atOnce;
  private final BlockingQueue<Coming> coming = new LinkedBlockingQueue<>();
  private final Map<String, String> marks = new ConcurrentHashMap<>();
  private final List<Consignment> acknowledged = new ArrayList<>();

  private final CountDownLatch slow;

  private RecordingSink(boolean atOnce, CountDownLatch slow) {
    this.atOnce = atOnce;
    this.slow = slow;
  }

  static RecordingSink atOnce() {
    return atOnce(new CountDownLatch(0));
  }

  /** At once, but takes nothing before the latch is open. */
  static RecordingSink atOnce(CountDownLatch slow) {
    return new RecordingSink(true, slow);
  }

  static RecordingSink held() {
    return new RecordingSink(false, new CountDownLatch(0));
  }

  @Override
  public void accept(Consignment consignment, Receipt receipt) {
    Coming it = new Coming(consignment, receipt);
    awaitSlow();
    if (atOnce) {
      settle(it);
    } else {
      coming.add(it);
    }
  }

  private void awaitSlow() {
    try {
      slow.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the publisher: what has a refused item is refused, else all of it is there. */
  void settle(Coming it) {
    Optional<SourceItem.Refused> refused =
        it.consignment().items().stream()
            .filter(SourceItem.Refused.class::isInstance)
            .map(SourceItem.Refused.class::cast)
            .findFirst();
    if (refused.isPresent()) {
      it.receipt().refused(refused.get().reason(), refused.get().explanation());
      return;
    }
    synchronized (acknowledged) {
      acknowledged.add(it.consignment());
    }
    it.consignment().marks().forEach(mark -> marks.put(mark.key(), mark.value()));
    it.receipt().acknowledged();
  }

  /** The next one that waits. */
  Coming next() throws InterruptedException {
    Coming next = coming.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came to the sink");
    }
    return next;
  }

  boolean isEmpty() {
    return coming.isEmpty();
  }

  @Override
  public Optional<String> recall(String key) {
    return Optional.ofNullable(marks.get(key));
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  List<Consignment> acknowledged() {
    synchronized (acknowledged) {
      return List.copyOf(acknowledged);
    }
  }

  List<SourceItem> items() {
    return acknowledged().stream().flatMap(it -> it.items().stream()).toList();
  }

  List<SourceItem.Found> found() {
    return of(SourceItem.Found.class);
  }

  <T extends SourceItem> List<T> of(Class<T> kind) {
    return items().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Report onlyReport() {
    List<SourceItem.Found> found = found();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " reports came, not one");
    }
    return found.get(0).part().report().orElseThrow();
  }

  /** What was remembered stays, as over a restart. */
  void forgetItems() {
    synchronized (acknowledged) {
      acknowledged.clear();
    }
  }
}

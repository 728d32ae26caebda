package io.radstream.producers.dicom.web;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.Retraction;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Refused;
import io.radstream.producers.publish.SourceItem.Retracted;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.UnreadableImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Keeps what is published, and acknowledges it on a thread of its own, as a publisher does. */
final class TestSink implements PartSink, AutoCloseable {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Map<String, String> memory;
  private final List<SourceItem> items = new ArrayList<>();
  private final List<Origin> refusedFrom = new ArrayList<>();
  private CountDownLatch held = new CountDownLatch(0);
  private boolean refusing;

  TestSink() {
    this(new ConcurrentHashMap<>());
  }

  private TestSink(Map<String, String> memory) {
    this.memory = memory;
  }

  /** Of a process that is started after this one has ended, under the same name. */
  TestSink restarted() {
    close();
    return new TestSink(memory);
  }

  /** From now on nothing is acknowledged: the cluster does not take it. */
  synchronized void fail() {
    refusing = true;
  }

  synchronized void holdBack() {
    held = new CountDownLatch(1);
  }

  synchronized void goOn() {
    held.countDown();
  }

  @Override
  public synchronized void accept(Consignment consignment, Receipt receipt) {
    CountDownLatch gate = held;
    boolean failing = refusing;
    thread.execute(() -> take(consignment, receipt, gate, failing));
  }

  private void take(
      Consignment consignment, Receipt receipt, CountDownLatch gate, boolean failing) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failing) {
      receipt.failed("the cluster does not answer");
      return;
    }
    synchronized (this) {
      items.addAll(consignment.items());
      for (SourceItem item : consignment.items()) {
        if (item instanceof Refused refused) {
          refusedFrom.add(consignment.origin());
          notifyAll();
          receipt.refused(refused.reason(), refused.explanation());
          return;
        }
      }
      for (Mark mark : consignment.marks()) {
        memory.put(mark.key(), mark.value());
      }
      notifyAll();
    }
    receipt.acknowledged();
  }

  @Override
  public Optional<String> recall(String key) {
    return Optional.ofNullable(memory.get(key));
  }

  @Override
  public synchronized boolean isOpen() {
    return !refusing;
  }

  synchronized List<StudyPart> found() {
    return items.stream()
        .filter(Found.class::isInstance)
        .map(item -> ((Found) item).part())
        .toList();
  }

  /** Keys of the views that were sent, in their order. */
  List<String> views() {
    return found().stream().map(part -> part.views().get(0).key()).toList();
  }

  synchronized List<Retraction> retracted() {
    return items.stream()
        .filter(Retracted.class::isInstance)
        .map(item -> ((Retracted) item).retraction())
        .toList();
  }

  synchronized List<Refused> refused() {
    return items.stream().filter(Refused.class::isInstance).map(Refused.class::cast).toList();
  }

  /** Where each that was refused is found again. */
  synchronized List<Origin> refusedFrom() {
    return List.copyOf(refusedFrom);
  }

  static GrayImage picture(StudyPart part) throws UnreadableImageException, RefusedStudyException {
    return ((Image.Deferred) part.views().get(0).image()).reader().read();
  }

  Map<String, String> memory() {
    return memory;
  }

  /** Waits until something that was published makes it true. */
  synchronized void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      wait(60_000);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

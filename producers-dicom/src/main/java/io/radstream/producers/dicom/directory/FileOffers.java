package io.radstream.producers.dicom.directory;

import io.radstream.producers.dicom.Instance;
import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands files to the sink, one after the other; an instance of which a copy is on its way when the
 * cluster has answered for that. Remembers no file: what is acknowledged the sink remembers.
 */
final class FileOffers {

  /** Of Java's heap, for files on their way: as much again is needed to show them. */
  private static final int HEAP_SHARE = 4;

  private final FileTree tree;
  private final InstanceReader reader;
  private final Placements placements;
  private final PartSink sink;
  private final FileCounts counts;
  private final UnderWay underWay = new UnderWay(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  private long number;

  FileOffers(
      FileTree tree,
      InstanceReader reader,
      Placements placements,
      PartSink sink,
      FileCounts counts) {
    this.tree = tree;
    this.reader = reader;
    this.placements = placements;
    this.sink = sink;
    this.counts = counts;
  }

  /** Whether it was not published as it is now. */
  boolean isNew(FoundFile file) {
    return sink.recall(file.key()).filter(file.stamp()::equals).isEmpty();
  }

  /**
   * @param forget is run, maybe on another thread, unless the file is refused or no DICOM: once it
   *     is published, so that {@link #isNew} knows it, or where it may be offered again
   */
  void offer(FoundFile file, Runnable forget) {
    number++;
    try {
      if (!tree.isDicom(file)) {
        counts.countNoDicom();
        return;
      }
      Optional<byte[]> bytes = tree.whole(file);
      if (bytes.isEmpty()) {
        counts.countUnfinished();
        forget.run();
        return;
      }
      send(file, bytes.get(), forget);
    } catch (NoSuchFileException e) {
      counts.countUnfinished();
      forget.run();
    } catch (IOException e) {
      refuse(file, Refusals.damaged("the file cannot be read"));
    } catch (RefusedStudyException e) {
      refuse(file, e);
    } catch (OutOfMemoryError e) {
      refuse(file, Refusals.noRoom());
    }
  }

  private void send(FoundFile file, byte[] bytes, Runnable forget) throws RefusedStudyException {
    Instance instance = reader.read(bytes);
    String key = "view/" + instance.sopInstanceUid();
    underWay.enter(key, bytes.length);
    try {
      Consignment placed = placements.place(sink, number, key, instance.digest(), instance.part());
      List<Mark> marks = new ArrayList<>(placed.marks());
      marks.add(new Mark(file.key(), file.stamp()));
      Receipt receipt = receipt(key, placed.items().isEmpty(), forget);
      sink.accept(new Consignment(placed.items(), marks, origin(file)), receipt);
    } catch (RuntimeException | Error e) {
      underWay.leave(key);
      throw e;
    }
  }

  private Receipt receipt(String key, boolean copy, Runnable forget) {
    return new Receipt() {
      @Override
      public void acknowledged() {
        if (copy) {
          counts.countPublishedBefore();
        }
        underWay.leave(key);
        forget.run();
      }

      @Override
      public void refused(RejectionReason reason, String explanation) {
        underWay.leave(key);
      }

      @Override
      public void failed(String explanation) {
        underWay.leave(key);
        forget.run();
      }
    };
  }

  private static Origin origin(FoundFile file) {
    return new Origin(file.path().toString(), "");
  }

  private void refuse(FoundFile file, RefusedStudyException why) {
    SourceItem refused = new SourceItem.Refused(number, why.reason(), why.getMessage());
    sink.accept(Consignment.of(refused).from(origin(file)), Receipt.NONE);
  }
}

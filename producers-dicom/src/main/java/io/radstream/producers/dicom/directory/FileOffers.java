package io.radstream.producers.dicom.directory;

import io.radstream.producers.dicom.Instance;
import io.radstream.producers.dicom.InstanceReader;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Hands files to the sink, each once as long as it does not change. */
final class FileOffers {

  private final FileTree tree;
  private final InstanceReader reader;
  private final Placements placements;
  private final PartSink sink;
  private final FileCounts counts;

  /** Under way, refused or no DICOM; what is acknowledged the sink itself remembers. */
  private final Map<String, String> settled = new ConcurrentHashMap<>();

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

  /** Whether nothing is known of the file as it is now. */
  boolean isNew(FoundFile file) {
    if (file.stamp().equals(settled.get(file.key()))) {
      return false;
    }
    if (sink.recall(file.key()).filter(file.stamp()::equals).isPresent()) {
      counts.countPublishedBefore();
      settled.put(file.key(), file.stamp());
      return false;
    }
    return true;
  }

  void offer(FoundFile file) {
    number++;
    settled.put(file.key(), file.stamp());
    try {
      if (!tree.isDicom(file)) {
        counts.countNoDicom();
        return;
      }
      Optional<byte[]> bytes = tree.whole(file);
      if (bytes.isEmpty()) {
        counts.countUnfinished();
        settled.remove(file.key());
        return;
      }
      send(file, bytes.get());
    } catch (NoSuchFileException e) {
      counts.countUnfinished();
      settled.remove(file.key());
    } catch (IOException e) {
      refuse(file, RejectionReason.INVALID_RECORD, "the file cannot be read");
    } catch (RefusedStudyException e) {
      refuse(file, e.reason(), e.getMessage());
    }
  }

  private void send(FoundFile file, byte[] bytes) throws RefusedStudyException {
    Instance instance = reader.read(bytes);
    Consignment placed =
        placements.place(
            sink, number, "view/" + instance.sopInstanceUid(), instance.digest(), instance.part());
    List<Mark> marks = new ArrayList<>(placed.marks());
    marks.add(new Mark(file.key(), file.stamp()));
    sink.accept(new Consignment(placed.items(), marks, origin(file)), receipt(file));
  }

  private Receipt receipt(FoundFile file) {
    return new Receipt() {
      @Override
      public void failed(String explanation) {
        // It may be tried again, if it is looked at again.
        settled.remove(file.key());
      }
    };
  }

  private static Origin origin(FoundFile file) {
    return new Origin(file.path().toString(), "");
  }

  private void refuse(FoundFile file, RejectionReason reason, String explanation) {
    SourceItem refused = new SourceItem.Refused(number, reason, explanation);
    sink.accept(Consignment.of(refused).from(origin(file)), Receipt.NONE);
  }
}

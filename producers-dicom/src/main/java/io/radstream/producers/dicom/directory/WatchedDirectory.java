package io.radstream.producers.dicom.directory;

import io.radstream.producers.asking.UntilClosed;
import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.publish.ListeningSource;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The DICOM files under a directory and those that come. A file is read once it was the same in two
 * looks at the directory: then whoever writes it has finished.
 */
public final class WatchedDirectory implements ListeningSource {

  private final FileTree tree;
  private final InstanceReader reader;
  private final Placements placements;
  private final FileCounts counts;
  private final Duration interval;

  /** Under way, refused or no DICOM; what is published the sink remembers. */
  private final Map<String, String> settled = new ConcurrentHashMap<>();

  private final UntilClosed until = new UntilClosed();

  /**
   * @param interval from the end of one look at the directory to the next
   * @param counts is told of files that are not handed over
   * @throws java.nio.file.NotDirectoryException where there is no such directory
   * @throws IOException where it cannot be resolved
   */
  public WatchedDirectory(
      Path directory,
      Duration interval,
      InstanceReader reader,
      Placements placements,
      FileCounts counts)
      throws IOException {
    this.tree = FileTree.of(directory);
    this.interval = interval;
    this.reader = reader;
    this.placements = placements;
    this.counts = counts;
  }

  @Override
  public String name() {
    return DirectorySource.NAME;
  }

  @Override
  public void deliver(PartSink sink) {
    FileOffers offers = new FileOffers(tree, reader, placements, sink, counts);
    Map<String, String> before = new HashMap<>();
    boolean first = true;
    do {
      Map<String, String> growing = new HashMap<>();
      Map<String, String> seen = before;
      Consumer<FoundFile> known = first ? file -> counts.countPublishedBefore() : file -> {};
      tree.forEach(file -> look(file, seen, growing, offers, known), () -> isWanted(sink));
      before = growing;
      first = false;
    } while (isWanted(sink) && until.pause(interval));
  }

  private void look(
      FoundFile file,
      Map<String, String> seen,
      Map<String, String> growing,
      FileOffers offers,
      Consumer<FoundFile> known) {
    if (file.stamp().equals(settled.get(file.key()))) {
      return;
    }
    if (!offers.isNew(file)) {
      known.accept(file);
    } else if (file.stamp().equals(seen.get(file.key()))) {
      settled.put(file.key(), file.stamp());
      offers.offer(file, () -> settled.remove(file.key(), file.stamp()));
    } else {
      growing.put(file.key(), file.stamp());
    }
  }

  private boolean isWanted(PartSink sink) {
    return !until.isClosed() && sink.isOpen();
  }

  @Override
  public void close() {
    until.close();
  }
}

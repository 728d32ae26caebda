package io.radstream.producers.dicom.directory;

import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.StudySource;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** The DICOM files under a directory, at any depth, whatever they are called, read once. */
public final class DirectorySource implements StudySource {

  /** What a published study says of its origin. */
  public static final String NAME = "dicom";

  private final FileTree tree;
  private final InstanceReader reader;
  private final Placements placements;
  private final FileCounts counts;

  /**
   * @param counts is told of files that are not handed over
   * @throws NotDirectoryException where there is no such directory
   * @throws IOException where it cannot be resolved
   */
  public DirectorySource(
      Path directory, InstanceReader reader, Placements placements, FileCounts counts)
      throws IOException {
    this.tree = FileTree.of(directory);
    this.reader = reader;
    this.placements = placements;
    this.counts = counts;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void deliver(PartSink sink) {
    FileOffers offers = new FileOffers(tree, reader, placements, sink, counts);
    tree.forEach(
        file -> {
          if (offers.isNew(file)) {
            offers.offer(file, () -> {});
          } else {
            counts.countPublishedBefore();
          }
        },
        sink::isOpen);
  }
}

package io.radstream.producers.datasets;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * All studies of a set, in an order that is the same whenever the same files are read.
 *
 * @param pictures reads the studies' views
 * @param notes what is missing, for people
 * @param found images that are not sent included
 * @param texts what the studies' reports are read from
 */
record Catalogue(
    List<ListedStudy> studies,
    PictureFiles pictures,
    List<String> notes,
    PublishedCounts found,
    PublishedCounts published,
    Closeable texts)
    implements Closeable {

  Catalogue {
    studies = List.copyOf(studies);
    notes = List.copyOf(notes);
  }

  /** The same, whose reports are read from files that are to be closed. */
  Catalogue closing(Closeable files) {
    return new Catalogue(studies, pictures, notes, found, published, files);
  }

  @Override
  public void close() throws IOException {
    FileStore.closeAll(List.of(pictures, texts));
  }
}

package io.radstream.producers.datasets;

import java.util.List;

/**
 * All studies of a set, in an order that is the same whenever the same files are read.
 *
 * @param pictures reads the studies' views
 * @param notes what is missing, for people
 * @param found images that are not sent included
 */
record Catalogue(
    List<ListedStudy> studies,
    PictureFiles pictures,
    List<String> notes,
    PublishedCounts found,
    PublishedCounts published) {

  Catalogue {
    studies = List.copyOf(studies);
    notes = List.copyOf(notes);
  }
}

package io.radstream.producers.dicom.web;

import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import java.util.List;
import java.util.Optional;

/** What an archive has, page by page, again and again. For one thread. */
interface Feed {

  /**
   * @param last whether there is nothing more now
   */
  record Page(List<Candidate> candidates, boolean last) {

    public Page {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * @param memory what was remembered of earlier pages
   * @throws ArchiveException where the archive does not tell; the same page may be asked for again
   */
  Page next(PartSink memory) throws ArchiveException;

  /** There is nothing left to do about it. */
  void settled(Candidate candidate);

  /** Where to go on after a restart; empty where that has not changed. */
  Optional<Mark> position();
}

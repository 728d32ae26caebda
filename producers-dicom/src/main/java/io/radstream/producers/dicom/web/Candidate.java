package io.radstream.producers.dicom.web;

import io.radstream.producers.publish.Mark;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something of an archive that may hold instances which have not been seen. */
interface Candidate {

  /** What it is, the same in each run. Identifying: never logged. */
  String key();

  /** Where it lies in the archive, below its address. Identifying: for the site alone. */
  String place();

  /**
   * Asks the archive which instances they are; called on one of several threads.
   *
   * @throws ArchiveException where it does not tell
   */
  List<InstanceAddress> look() throws ArchiveException;

  /**
   * What is to be remembered of it.
   *
   * @param done of its instances, those that are dealt with
   * @param whole whether there is nothing left to do
   */
  Optional<Mark> mark(Set<InstanceAddress> done, boolean whole);
}

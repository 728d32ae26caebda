package io.radstream.producers.dicom.directory;

import java.util.concurrent.atomic.AtomicLong;

/** What became of files that were not handed over. Thread-safe. */
public final class FileCounts {

  private final AtomicLong noDicom = new AtomicLong();
  private final AtomicLong publishedBefore = new AtomicLong();
  private final AtomicLong unfinished = new AtomicLong();

  void countNoDicom() {
    noDicom.incrementAndGet();
  }

  void countPublishedBefore() {
    publishedBefore.incrementAndGet();
  }

  void countUnfinished() {
    unfinished.incrementAndGet();
  }

  /** Files that are no DICOM files, and directories of media. */
  public long noDicom() {
    return noDicom.get();
  }

  /** Files that are published as they are, and copies of what is, by an earlier run or this one. */
  public long publishedBefore() {
    return publishedBefore.get();
  }

  /** Files that changed or vanished while they were read. */
  public long unfinished() {
    return unfinished.get();
  }
}

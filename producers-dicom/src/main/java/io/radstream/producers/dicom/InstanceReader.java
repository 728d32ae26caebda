package io.radstream.producers.dicom;

import io.radstream.producers.publish.RefusedStudyException;

/**
 * Reads one DICOM instance: what it shows, of whom, and its picture, which is decoded later.
 * Thread-safe.
 */
public interface InstanceReader {

  /**
   * @param file a whole file as of PS3.10: preamble, meta information, data set; kept until its
   *     picture is decoded, and never written to
   * @throws RefusedStudyException with the reason where it is damaged, too large or no radiograph
   *     of a chest
   */
  Instance read(byte[] file) throws RefusedStudyException;
}

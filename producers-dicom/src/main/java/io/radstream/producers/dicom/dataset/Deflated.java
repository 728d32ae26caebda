package io.radstream.producers.dicom.dataset;

import io.radstream.producers.publish.RefusedStudyException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A data set that is deflated. It is inflated once to count it, which takes no memory, before there
 * is an array for it: a few bytes may claim to be gigabytes.
 *
 * @param start of it in the file, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // lives while one file is read
record Deflated(byte[] file, int start) {

  private static final int COUNTED = 1 << 16;

  /** Takes what is inflated, and gives room for more. */
  private interface Into {
    int inflate(Inflater inflater, int size) throws DataFormatException;
  }

  /**
   * @param most bytes that it may inflate to
   */
  int size(int most) throws RefusedStudyException {
    byte[] scratch = new byte[COUNTED];
    return inflate(most, (inflater, size) -> inflater.inflate(scratch));
  }

  /**
   * @param size that was counted
   */
  byte[] inflated(int size) throws RefusedStudyException {
    byte[] all = new byte[size];
    byte[] behind = new byte[1];
    inflate(
        size,
        (inflater, done) ->
            done < size
                ? inflater.inflate(all, done, size - done)
                : inflater.inflate(behind)); // nothing but the end is left
    return all;
  }

  private int inflate(int most, Into into) throws RefusedStudyException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(file, start, file.length - start);
      int size = 0;
      while (!inflater.finished()) {
        int inflated = into.inflate(inflater, size);
        if (inflated > most - size) {
          throw tooLarge(most);
        }
        if (inflated == 0 && !inflater.finished()) {
          throw Refusals.damaged("the deflated data set is truncated");
        }
        size += inflated;
      }
      return size;
    } catch (DataFormatException e) {
      throw Refusals.damaged("the deflated data set is damaged");
    } finally {
      inflater.end();
    }
  }

  private static RefusedStudyException tooLarge(int most) {
    String whatToDo =
        most < DicomFile.MAX_BYTES ? ", which is what Java's heap has room for: see -Xmx" : "";
    return Refusals.tooLarge(
        "the data set inflates to more than %d bytes%s".formatted(most, whatToDo));
  }
}

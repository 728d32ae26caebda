package io.radstream.producers.datasets;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Ends the reading where one row would fill the memory: of a table whose quotation mark is not
 * closed, all the rest of the file is one cell.
 */
final class BoundedReader extends FilterReader {

  /** Most characters of a row; the longest report of the known sets has less than 20,000. */
  static final int MAX_ROW = 4 * 1024 * 1024;

  private long sinceRow;

  BoundedReader(Reader reader) {
    super(reader);
  }

  /** A row has ended. */
  void rowRead() {
    sinceRow = 0;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (sinceRow > MAX_ROW) {
      throw new RowTooLongException();
    }
    int count = super.read(buffer, offset, length);
    sinceRow += Math.max(0, count);
    return count;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  /** The row has no end within the limit. */
  static final class RowTooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}

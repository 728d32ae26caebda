package io.radstream.schemas;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is written. Large pieces are not copied until all are there, so that pixels are
 * copied once and into an array of the right size; they may not change before that.
 */
final class GatheredBytes extends OutputStream {

  private static final int LARGE = 4096;

  /** Bytes in an array that is another's. */
  private record Piece(byte[] bytes, int offset, int length) {}

  private final ByteArrayOutputStream small = new ByteArrayOutputStream(1024);
  private final List<Piece> pieces = new ArrayList<>();
  private int gathered;

  @Override
  public void write(int b) {
    small.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length < LARGE) {
      small.write(bytes, offset, length);
    } else {
      endSmall();
      add(new Piece(bytes, offset, length));
    }
  }

  private void endSmall() {
    if (small.size() > 0) {
      add(new Piece(small.toByteArray(), 0, small.size()));
      small.reset();
    }
  }

  private void add(Piece piece) {
    pieces.add(piece);
    gathered = Math.addExact(gathered, piece.length());
  }

  byte[] all() {
    endSmall();
    byte[] all = new byte[gathered];
    int to = 0;
    for (Piece piece : pieces) {
      System.arraycopy(piece.bytes(), piece.offset(), all, to, piece.length());
      to += piece.length();
    }
    return all;
  }
}

package io.radstream.producers.dicom.pixels;

import java.nio.ByteBuffer;
import java.util.List;

/** Pictures of a file that may go out. */
public sealed interface Cleaned {

  /** They are not compressed, and may stay as they are stored; what is behind them may not. */
  record AsStored() implements Cleaned {}

  /** Compressed as before, each by itself, and nothing beside them. */
  record Packed(List<ByteBuffer> pictures) implements Cleaned {

    public Packed {
      pictures = List.copyOf(pictures);
    }
  }

  /** Written anew, uncompressed. */
  record Anew(PlainPictures pictures) implements Cleaned {}
}

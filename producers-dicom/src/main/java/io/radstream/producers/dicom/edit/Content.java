package io.radstream.producers.dicom.edit;

import java.nio.ByteBuffer;
import java.util.List;

/** What an element holds. */
public sealed interface Content {

  /** Letters; what separates values is in them. */
  record Text(String text) implements Content {}

  /** Bytes in the byte order of the buffer, from its position to its limit. */
  record Bytes(ByteBuffer bytes) implements Content {

    /** Nothing. */
    static final Bytes NONE = new Bytes(ByteBuffer.allocate(0));
  }

  /** The items of a sequence. */
  record Items(List<EditableDataset> items) implements Content {

    public Items {
      items = List.copyOf(items);
    }
  }

  /** Compressed pixel data: the first is the table of where frames begin, or empty. */
  record Fragments(List<ByteBuffer> fragments) implements Content {

    public Fragments {
      fragments = List.copyOf(fragments);
    }
  }
}

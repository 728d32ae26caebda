package io.radstream.producers.dicom.dataset;

import java.util.List;

/** What an element holds. */
sealed interface Value {

  /** Where its bytes lie in the file. */
  record Bytes(int offset, int length) implements Value {}

  /** The data sets of a sequence. */
  record Items(List<Dataset> items) implements Value {

    public Items {
      items = List.copyOf(items);
    }
  }

  /** Compressed pixel data: the first is the table of where frames begin, or empty. */
  record Fragments(List<Bytes> fragments) implements Value {

    public Fragments {
      fragments = List.copyOf(fragments);
    }
  }
}

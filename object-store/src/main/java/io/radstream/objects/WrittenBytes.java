package io.radstream.objects;

/** Is told how far a long upload has come. */
@FunctionalInterface
public interface WrittenBytes {

  /** So many more bytes are in the store's hands. */
  void wrote(long bytes);
}

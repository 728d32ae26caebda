package io.radstream.serving.score;

/** Reports and sentences as the token ids that a network reads, and back. Thread-safe. */
public interface ReportTexts extends AutoCloseable {

  /** Tells whether token ids were made by the same tokenizers, see tuples. */
  String fingerprint();

  /** Ids of a sentence for the report encoder, from start to end token; the end may be cut off. */
  int[] tokens(String sentence);

  /** Text of ids of the report decoder, without the start and end token. */
  String text(int[] ids);

  @Override
  void close();
}

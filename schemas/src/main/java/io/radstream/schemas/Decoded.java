package io.radstream.schemas;

/**
 * The outcome of reading a record's bytes.
 *
 * @param <T> the record type
 */
public sealed interface Decoded<T> {

  /** The bytes are a record of the expected type. */
  record Valid<T>(T value) implements Decoded<T> {}

  /** They are not, and never will be; the message holds nothing of the content. */
  record Invalid<T>(RejectionReason reason, String message) implements Decoded<T> {}
}

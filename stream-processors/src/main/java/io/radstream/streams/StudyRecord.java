package io.radstream.streams;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A record as it was read; anything may be wrong with it.
 *
 * @param key may be null
 * @param value may be null
 * @param redrive says which rejection it is sent again for; null where it is not
 * @param word of its sender, who vouches for its pictures: the digest of what it sent, or nothing;
 *     null where it does not
 * @param publication span that it was published in; invalid where it tells of none
 */
@SuppressWarnings("ArrayRecordComponent") // as Kafka hands them over; never compared
record StudyRecord(
    byte[] key,
    byte[] value,
    RecordRef origin,
    byte[] redrive,
    byte[] word,
    SpanContext publication) {

  /**
   * A record that was read again.
   *
   * @param part empty where the topic does not hold it any more
   */
  StudyRecord(byte[] key, Optional<PartRecord> part, RecordRef origin) {
    this(
        key,
        part.map(PartRecord::value).orElse(null),
        origin,
        null,
        null,
        part.map(PartRecord::origin).orElse(SpanContext.getInvalid()));
  }

  /** Longer keys are no pseudonym, and would not fit beside the bytes they belong to. */
  private static final int LONGEST_KEY = 1024;

  /** Room for the key and for the fields of a record that carries the bytes of another. */
  private static final int ROOM = 16 * 1024;

  /** Whether a record with this value can be sent on. */
  static boolean fits(byte[] value) {
    return value == null || value.length <= Topic.MAX_RECORD_BYTES - ROOM;
  }

  /** Why the record cannot even be looked into. */
  Optional<Refusal> unusable() {
    if (!hasKey()) {
      return Optional.of(
          new Refusal(
              RejectionReason.INVALID_RECORD,
              "the record's key must be the study id, 1 to %d bytes".formatted(LONGEST_KEY)));
    }
    if (!fits(value)) {
      return Optional.of(
          new Refusal(
              RejectionReason.OVERSIZED,
              "record has %d bytes, too many to be sent on".formatted(value.length)));
    }
    return Optional.empty();
  }

  boolean hasKey() {
    return key != null && key.length > 0 && key.length <= LONGEST_KEY;
  }

  /** The key as text; only where {@link #hasKey()}. */
  String studyId() {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** Whether its sender says that it has encoded the pictures itself. */
  boolean isVouchedFor() {
    return word != null;
  }

  /**
   * Whether it is the very bytes that its sender speaks of.
   *
   * @param digest of this record
   */
  boolean isAsSent(RecordDigest digest) {
    return isVouchedFor() && Arrays.equals(word, digest.bytes());
  }

  /** Equal for equal values, but for one that is sent again on purpose. */
  RecordDigest digest() {
    return redrive == null ? RecordDigest.of(value) : RecordDigest.of(value, redrive);
  }
}

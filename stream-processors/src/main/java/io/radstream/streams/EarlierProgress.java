package io.radstream.streams;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A study's progress as versions wrote it that held the bytes of its parts in a store beside it.
 * The offsets are those of the topic, so that the study goes on without that store.
 */
@JsonIgnoreProperties("seen") // digests of another kind
record EarlierProgress(
    String patientId,
    List<Long> parts,
    boolean viewSeen,
    boolean reportSeen,
    boolean decided,
    int revision,
    boolean unreported,
    String outcome,
    long lastPart,
    long due) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static boolean wrote(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == '{';
  }

  static EarlierProgress read(byte[] json) {
    try {
      return MAPPER.readValue(json, EarlierProgress.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the state store was written by another version", e);
    }
  }

  /** Whether it is of a study that would not be known any more. */
  boolean isForgotten() {
    return due == StudyProgress.NEVER;
  }

  StudyProgress now(StageConfig config) {
    boolean stands = revision > 0;
    return new StudyProgress(
        patientId,
        new ReceivedParts(parts, List.of(), List.of(), viewSeen, reportSeen, false),
        new LastOutcome(
            outcome,
            revision,
            unreported,
            stands ? Side.of(patientId, config) : Side.NONE,
            stands ? patientId : ""),
        decided,
        lastPart,
        due,
        List.of());
  }
}

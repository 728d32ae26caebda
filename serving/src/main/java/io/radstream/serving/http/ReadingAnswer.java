package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.score.Familiarity;
import io.radstream.serving.score.Reading;
import java.util.List;

/** How an answer is to be read, as JSON. */
final class ReadingAnswer {

  /**
   * @param applied whether any probability is calibrated
   * @param findings those of which it is, in the order of the answer
   * @param reason why none is
   * @param sha256 of the file that the answer is read by
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Calibrated(boolean applied, List<String> findings, String reason, String sha256) {

    static Calibrated of(Reading reading) {
      return new Calibrated(
          !reading.calibrated().isEmpty(),
          List.copyOf(reading.calibrated()),
          reading.reason().orElse(null),
          reading.sha256().orElse(null));
    }
  }

  /**
   * See {@link Familiarity}.
   *
   * @param vector of the study, from those of known ones
   * @param picture of its farthest view, likewise
   */
  record Familiar(boolean unfamiliar, Familiarity.Distance vector, Familiarity.Distance picture) {

    /** Null where nothing is known. */
    static Familiar of(Reading reading) {
      return reading
          .familiarity()
          .map(known -> new Familiar(known.isUnfamiliar(), known.vector(), known.picture()))
          .orElse(null);
    }
  }

  private ReadingAnswer() {}
}

package io.radstream.cli.card;

import io.radstream.schemas.Laterality;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.View;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is counted of a study.
 *
 * @param origins records that it was merged from; none where it is not a tuple
 * @param sources that published it; none where the topic does not tell
 * @param report empty where it has none
 */
record StudyFacts(
    String patientId,
    List<RecordRef> origins,
    Set<String> sources,
    Collection<ViewFacts> views,
    Optional<TextFacts> report) {

  StudyFacts of(Set<String> found) {
    return new StudyFacts(patientId, origins, found, views, report);
  }

  /**
   * @param day as its site has it, shifted
   * @param original longest side before it was shrunk, in pixels
   * @param encoded longest side, in pixels
   */
  record ViewFacts(
      Projection projection,
      Laterality laterality,
      Optional<LocalDate> day,
      int original,
      int encoded) {

    static ViewFacts of(View view) {
      return new ViewFacts(
          view.getProjection(),
          view.getLaterality(),
          Optional.ofNullable(view.getAcquiredAt())
              .map(time -> time.atZone(ZoneOffset.UTC).toLocalDate()),
          Math.max(view.getOriginalWidth(), view.getOriginalHeight()),
          Math.max(view.getWidth(), view.getHeight()));
    }
  }

  /**
   * @param length words, or tokens where the topic has no words
   * @param language code of ISO 639-1; "unknown" where it is not known, empty where there are no
   *     words
   * @param sections that are learned of it
   */
  record TextFacts(int length, Optional<String> language, List<String> sections) {}
}

package io.radstream.producers.publish;

import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Projection;
import io.radstream.schemas.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source knows of a study at one moment: views, a report, labels, or some of these. Parts of
 * a study are merged downstream. Its identifiers are real ones: they stay in this process.
 *
 * @param patient identifies the patient, the same in all of the patient's studies
 * @param study identifies the study among all studies of all sources, the same in all of its parts
 * @param views in the source's order
 * @param report the free text with its status
 * @param labels finding to probability, 0 to 1, of those findings that the source knows of
 */
public record StudyPart(
    String patient,
    String study,
    List<RawView> views,
    Optional<Report> report,
    Map<String, Double> labels) {

  public StudyPart {
    views = List.copyOf(views);
    labels = Map.copyOf(labels);
  }

  /** A whole study, without labels. */
  public StudyPart(String patient, String study, List<RawView> views, Report report) {
    this(patient, study, views, Optional.of(report), Map.of());
  }

  /** The same without what the source knows of its findings. */
  public StudyPart withoutLabels() {
    return new StudyPart(patient, study, views, report, Map.of());
  }

  /**
   * One radiograph.
   *
   * @param key identifies the view within its study, the same in whatever part it comes, as the
   *     number of an image or its UID
   */
  public record RawView(String key, Projection projection, Image image) {}

  /** A radiograph's picture. */
  public sealed interface Image {

    /** A file's content, not yet looked at. The array is shared: nobody writes to it. */
    @SuppressWarnings("ArrayRecordComponent") // read once and dropped; a copy would double memory
    record File(byte[] bytes) implements Image {}

    /** Pixels that were never in a file. */
    record Pixels(GrayImage image) implements Image {}
  }
}

package io.radstream.producers.publish;

import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Projection;
import io.radstream.schemas.Report;
import java.util.List;
import java.util.Map;

/**
 * A study as its source has it. Its identifiers are real ones: they stay in this process.
 *
 * @param patient identifies the patient, the same in all of the patient's studies
 * @param study identifies the study among all studies of all sources
 * @param views in the source's order
 * @param report the free text with its status
 * @param labels finding to probability, 0 to 1, of those findings that the source knows of
 */
public record RawStudy(
    String patient, String study, List<RawView> views, Report report, Map<String, Double> labels) {

  public RawStudy {
    views = List.copyOf(views);
    labels = Map.copyOf(labels);
  }

  /** Without labels. */
  public RawStudy(String patient, String study, List<RawView> views, Report report) {
    this(patient, study, views, report, Map.of());
  }

  /** One radiograph. */
  public record RawView(Projection projection, Image image) {}

  /** A radiograph's picture. */
  public sealed interface Image {

    /** A file's content, not yet looked at. The array is shared: nobody writes to it. */
    @SuppressWarnings("ArrayRecordComponent") // read once and dropped; a copy would double memory
    record File(byte[] bytes) implements Image {}

    /** Pixels that were never in a file. */
    record Pixels(GrayImage image) implements Image {}
  }
}

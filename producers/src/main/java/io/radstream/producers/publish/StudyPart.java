package io.radstream.producers.publish;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.Laterality;
import io.radstream.schemas.Projection;
import io.radstream.schemas.Report;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a source knows of a study at one moment: views, a report, labels, or some of these. Parts of
 * a study are merged downstream. Its identifiers are real ones: they stay in this process.
 *
 * @param patient identifies the patient, the same in all of the patient's studies
 * @param study identifies the study among all studies of all sources, the same in all of its parts
 * @param views in the source's order
 * @param report the free text with its status
 * @param labels finding to probability, 0 to 1, of those findings that the source knows of
 * @param identifying what the source's own header or message names; never sent
 * @param audit what was done to the part before it goes out: kind to count
 * @param known by what others at the site know the study; never sent
 */
public record StudyPart(
    String patient,
    String study,
    List<RawView> views,
    Optional<Report> report,
    Map<String, Double> labels,
    Identifying identifying,
    Map<String, Long> audit,
    KnownStudy known) {

  public StudyPart {
    views = List.copyOf(views);
    labels = Map.copyOf(labels);
    audit = Map.copyOf(audit);
  }

  /** A part whose source does not tell by what others know its study. */
  public StudyPart(
      String patient,
      String study,
      List<RawView> views,
      Optional<Report> report,
      Map<String, Double> labels,
      Identifying identifying,
      Map<String, Long> audit) {
    this(patient, study, views, report, labels, identifying, audit, KnownStudy.UNKNOWN);
  }

  /** A part whose source names nobody. */
  public StudyPart(
      String patient,
      String study,
      List<RawView> views,
      Optional<Report> report,
      Map<String, Double> labels) {
    this(patient, study, views, report, labels, Identifying.NONE, Map.of());
  }

  /** A whole study, without labels. */
  public StudyPart(String patient, String study, List<RawView> views, Report report) {
    this(patient, study, views, Optional.of(report), Map.of());
  }

  /** The same without what the source knows of its findings. */
  public StudyPart withoutLabels() {
    List<RawView> plain = views.stream().map(view -> view.withBoxes(List.of())).toList();
    return new StudyPart(patient, study, plain, report, Map.of(), identifying, audit, known);
  }

  /** The same with other views. */
  public StudyPart withViews(List<RawView> others) {
    return new StudyPart(patient, study, others, report, labels, identifying, audit, known);
  }

  /** The same with another report. */
  public StudyPart withReport(Optional<Report> other) {
    return new StudyPart(patient, study, views, other, labels, identifying, audit, known);
  }

  /** The same with these counts added to those that it has. */
  public StudyPart withAudit(Map<String, Long> counts) {
    Map<String, Long> sum = new TreeMap<>(audit);
    counts.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return new StudyPart(patient, study, views, report, labels, identifying, sum, known);
  }

  /** The same, with by what others at the site know the study. */
  public StudyPart knownAs(KnownStudy other) {
    return new StudyPart(patient, study, views, report, labels, identifying, audit, other);
  }

  /**
   * One radiograph.
   *
   * @param key identifies the view within its study, the same in whatever part it comes, as the
   *     number of an image or its UID
   * @param boxes where findings were seen; sent with the labels
   */
  public record RawView(
      String key, Projection projection, Image image, ViewFacts facts, List<RawBox> boxes) {

    public RawView {
      boxes = List.copyOf(boxes);
    }

    /** A view in which nobody drew anything. */
    public RawView(String key, Projection projection, Image image, ViewFacts facts) {
      this(key, projection, image, facts, List.of());
    }

    /** A view of which nothing else is known. */
    public RawView(String key, Projection projection, Image image) {
      this(key, projection, image, ViewFacts.NONE);
    }

    /** The same view with another picture. */
    public RawView withImage(Image other) {
      return new RawView(key, projection, other, facts, boxes);
    }

    /** The same view with other facts. */
    public RawView withFacts(ViewFacts others) {
      return new RawView(key, projection, image, others, boxes);
    }

    /** The same view with other boxes. */
    public RawView withBoxes(List<RawBox> others) {
      return new RawView(key, projection, image, facts, others);
    }
  }

  /**
   * Where in a view somebody saw a finding, in pixels of the frame.
   *
   * @param x left edge
   * @param y upper edge
   * @param reader who saw it, where the source tells readers apart
   * @param frame the picture that it was drawn on, of which the view may be a smaller copy; empty
   *     where that is the view itself, before it is made smaller
   */
  public record RawBox(
      String finding,
      double x,
      double y,
      double width,
      double height,
      Optional<String> reader,
      Optional<Frame> frame) {}

  /** Size of a picture in pixels. */
  public record Frame(int width, int height) {}

  /**
   * How a radiograph was taken.
   *
   * @param acquired local time of the site
   * @param pixelSpacing millimetres from pixel to pixel of the original picture
   */
  public record ViewFacts(
      Optional<LocalDateTime> acquired, OptionalDouble pixelSpacing, Laterality laterality) {

    /** Nothing is known. */
    public static final ViewFacts NONE =
        new ViewFacts(Optional.empty(), OptionalDouble.empty(), Laterality.UNKNOWN);

    /** The same, taken at another time, or at none that is known. */
    public ViewFacts withAcquired(Optional<LocalDateTime> other) {
      return new ViewFacts(other, pixelSpacing, laterality);
    }
  }

  /** A radiograph's picture. */
  public sealed interface Image {

    /** A file's content, not yet looked at. The array is shared: nobody writes to it. */
    @SuppressWarnings("ArrayRecordComponent") // read once and dropped; a copy would double memory
    record File(byte[] bytes) implements Image {}

    /** Pixels that were never in a file. */
    record Pixels(GrayImage image) implements Image {}

    /** A picture that is read when it is needed, in parallel with others. */
    record Deferred(PixelReader reader) implements Image {}
  }

  /** Reads a picture, once. */
  @FunctionalInterface
  public interface PixelReader {

    /**
     * @throws UnreadableImageException where there is no picture that can be used
     * @throws RefusedStudyException where the picture may not go out
     */
    GrayImage read() throws UnreadableImageException, RefusedStudyException;
  }
}

package io.radstream.producers.deidentify;

import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.keys.SiteKey;
import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.text.DatePolicy;
import io.radstream.deidentification.text.Identifiers;
import io.radstream.deidentification.text.Scrubbed;
import io.radstream.deidentification.text.TextScrubber;
import io.radstream.producers.publish.Identifying;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes out of a part what identifies: scrubs its report, moves its dates, looks for text on its
 * pictures, and counts what it did. Thread-safe.
 */
public final class DeidentifyStep implements PartStep {

  private final SiteKey key;
  private final TextScrubber scrubber;
  private final PictureGuard guard;
  private final DateOption dates;
  private final ImageDecoder decoder = new ImageDecoder();

  /** What becomes of dates, in the report and of the views. */
  public enum DateOption {
    /** They are moved by the patient's offset. */
    SHIFT,
    /** They go. */
    REMOVE
  }

  public DeidentifyStep(SiteKey key, TextScrubber scrubber, PictureGuard guard, DateOption dates) {
    this.key = key;
    this.scrubber = scrubber;
    this.guard = guard;
    this.dates = dates;
  }

  @Override
  public StudyPart apply(StudyPart part) throws RefusedStudyException {
    Map<String, Long> counts = new TreeMap<>();
    DateShift shift = DateShift.of(key, part.patient());
    List<RawView> views = new ArrayList<>();
    for (RawView view : part.views()) {
      views.add(guarded(dated(view, shift, counts), views.size() + 1, counts));
    }
    Optional<Report> report =
        part.report().map(it -> scrubbed(it, identifiers(part.identifying()), shift, counts));
    return part.withViews(views).withReport(report).withAudit(counts);
  }

  private static Identifiers identifiers(Identifying named) {
    return new Identifiers(named.names(), named.numbers(), named.addresses(), named.birthDates());
  }

  private Report scrubbed(
      Report report, Identifiers known, DateShift shift, Map<String, Long> counts) {
    Scrubbed scrubbed = scrubber.scrub(report.getText(), known, policy(shift));
    counts.merge("report.scrubbed", 1L, Long::sum);
    scrubbed
        .counts()
        .forEach((kind, count) -> counts.merge("text." + kind.label(), count, Long::sum));
    return new Report(
        scrubbed.text(), report.getStatus(), report.getVersion(), report.getReportId());
  }

  private DatePolicy policy(DateShift shift) {
    return dates == DateOption.SHIFT ? new DatePolicy.Shift(shift, false) : new DatePolicy.Remove();
  }

  private RawView dated(RawView view, DateShift shift, Map<String, Long> counts) {
    Optional<LocalDateTime> acquired = view.facts().acquired();
    if (acquired.isEmpty()) {
      return view;
    }
    boolean moved = dates == DateOption.SHIFT;
    counts.merge(moved ? "view.date.shifted" : "view.date.removed", 1L, Long::sum);
    return view.withFacts(
        view.facts().withAcquired(moved ? acquired.map(shift::shift) : Optional.empty()));
  }

  private RawView guarded(RawView view, int number, Map<String, Long> counts)
      throws RefusedStudyException {
    GrayImage picture;
    try {
      picture = pixels(view.image());
    } catch (UnreadableImageException e) {
      // Whoever makes the record tells of it as of every other picture.
      return view.withImage(new Image.Deferred(() -> refuse(e)));
    }
    PictureGuard.Judged judged = guard.bySight(picture);
    if (judged.refusal().isPresent()) {
      throw new RefusedStudyException(
          RejectionReason.BURNED_IN_TEXT, "image " + number + ": " + judged.refusal().get());
    }
    counts.merge("view.checked", 1L, Long::sum);
    if (judged.blanked() > 0) {
      counts.merge("view.blanked", 1L, Long::sum);
    }
    return view.withImage(new Image.Pixels(judged.image()));
  }

  private static GrayImage refuse(UnreadableImageException e) throws UnreadableImageException {
    throw e;
  }

  private GrayImage pixels(Image image) throws UnreadableImageException, RefusedStudyException {
    if (image instanceof Image.File file) {
      return decoder.decode(file.bytes());
    }
    return image instanceof Image.Deferred deferred
        ? deferred.reader().read()
        : ((Image.Pixels) image).image();
  }
}

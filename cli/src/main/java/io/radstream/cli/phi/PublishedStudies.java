package io.radstream.cli.phi;

import io.radstream.producers.reports.ReportVersion;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.EncodedView;
import io.radstream.schemas.Report;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What a study's record tells that no search of bytes finds: numbers that are times, pictures, and
 * words that are too usual to be searched for everywhere.
 */
final class PublishedStudies {

  private final ImageDecoder decoder = new ImageDecoder();

  /**
   * @param place of the record, for people
   */
  List<Leak> leaks(PlantedStudy planted, Study study, String place) {
    List<Leak> leaks = new ArrayList<>();
    for (View view : study.getViews()) {
      if (isDay(view.getAcquiredAt(), planted.patient().examined())) {
        leaks.add(
            new Leak("DICOM (0008,0022)", planted.radiograph(), place + ", view's acquiredAt"));
      }
      if (showsName(planted, view)) {
        leaks.add(
            new Leak(
                "a name burned into a picture", planted.radiograph(), place + ", view's pixels"));
      }
    }
    if (study.getReport() != null) {
      leaks.addAll(leaks(planted, study.getReport(), place));
    }
    return leaks;
  }

  private static List<Leak> leaks(PlantedStudy planted, Report report, String place) {
    List<Leak> leaks = new ArrayList<>();
    Instant issued = planted.patient().issued().toInstant(ZoneOffset.UTC);
    if (report.getVersion() == ReportVersion.of(issued)) {
      leaks.add(new Leak("HL7 OBR-22", planted.report(), place + ", report's version"));
    }
    for (ListedWords.Word word : planted.words()) {
      if (word.isIn(report.getText())) {
        leaks.add(
            new Leak(
                "line %d of the scrub list".formatted(word.line()),
                planted.report(),
                place + ", report's text"));
      }
    }
    return leaks;
  }

  private static boolean isDay(Instant time, LocalDate day) {
    return time != null && time.atOffset(ZoneOffset.UTC).toLocalDate().equals(day);
  }

  private boolean showsName(PlantedStudy planted, View view) {
    if (planted.burned().isEmpty()) {
      return false;
    }
    try {
      return planted.burned().get().isShownBy(decoder.decode(EncodedView.bytes(view)));
    } catch (UnreadableImageException e) {
      throw new IllegalStateException("a published picture cannot be read", e);
    }
  }
}

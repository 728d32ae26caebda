package io.radstream.cli;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.Correction;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a hospital sends in a day, at the worst: views and reports in any order, minutes to hours
 * apart, twice, amended, with addenda, of two orders, of patients that are merged, under a number
 * of which that is told later, and taken back. The same for the same number of studies.
 */
final class StudyScript {

  /**
   * A record to publish.
   *
   * @param seconds since the script's beginning
   * @param everywhere whether it goes into every partition
   */
  record Event(double seconds, Study study, boolean everywhere) {}

  private static final int PICTURES = 50;
  private static final int SIDE = 40;

  private final List<byte[]> pictures =
      IntStream.range(0, PICTURES).mapToObj(StudyScript::picture).toList();
  private final CounterRandom random = CounterRandom.of(1, "script");
  private final List<Event> events = new ArrayList<>();
  private final int patients;

  private StudyScript(int studies) {
    patients = Math.max(2, studies / 3);
    for (int i = 0; i < studies; i++) {
      addStudy(i);
    }
  }

  /** In the order of publishing, which is not quite that of time. */
  static List<Event> of(int studies) {
    StudyScript script = new StudyScript(studies);
    CounterRandom disorder = CounterRandom.of(2, "disorder");
    record Placed(double place, Event event) {}
    return script.events.stream()
        .map(event -> new Placed(event.seconds() + 5 * disorder.nextDouble(), event))
        .sorted(Comparator.comparingDouble(Placed::place))
        .map(Placed::event)
        .toList();
  }

  /** A record of which nothing comes: it takes back what never was there. */
  static Study nothing(String id) {
    Correction correction = Correction.newBuilder().setRetractedViews(List.of("none")).build();
    return study(id, "nobody", List.of(), null, correction);
  }

  private void addStudy(int number) {
    String id = "study " + number;
    String patient = "patient " + random.nextInt(patients);
    double begin = number;
    double end = begin + minutes(15);
    addViews(id, patient, begin, end);
    if (chance(0.95)) {
      add(end, study(id, patient, List.of(), report(number, ReportStatus.FINAL, 1), null));
    }
    if (chance(0.1)) {
      double later = end + minutes(40);
      add(later, study(id, patient, List.of(), report(-number, ReportStatus.AMENDED, 2), null));
    }
    if (chance(0.1)) {
      Report addendum = report(7 * number, ReportStatus.ADDENDUM, 3);
      add(begin + minutes(60), study(id, patient, List.of(), addendum, null));
    }
    if (chance(0.05)) {
      addRetraction(id, patient, begin + minutes(50));
    }
    if (chance(0.1)) {
      addSecondReport(number, id, patient, end + minutes(20));
    }
    if (chance(0.05)) {
      addEarlyPart(id, patient, begin + minutes(20));
    }
    if (chance(0.03)) {
      addMerge(patient, begin + minutes(30));
    }
  }

  private void addViews(String id, String patient, double begin, double end) {
    int first = random.nextInt(PICTURES);
    Study views = study(id, patient, List.of(view(first), view(first + 1)), null, null);
    add(begin + (chance(0.2) ? minutes(15) : 0), views);
    if (chance(0.1)) {
      add(begin + minutes(chance(0.5) ? 5 : 150), views);
    }
    if (chance(0.1)) {
      add(end + minutes(30), study(id, patient, List.of(view(first + 2)), null, null));
    }
  }

  private void addRetraction(String id, String patient, double seconds) {
    Correction correction =
        Correction.newBuilder()
            .setRetractedViews(
                IntStream.range(0, PICTURES)
                    .filter(i -> i % 2 == 0 || chance(0.5))
                    .mapToObj(i -> "view " + i)
                    .toList())
            .setReportRetracted(chance(0.5))
            .build();
    add(seconds, study(id, patient, List.of(), null, correction));
  }

  /** Of another order, and withdrawn again every other time. */
  private void addSecondReport(int number, String id, String patient, double seconds) {
    String reportId = "second report of " + id;
    Report report =
        Report.newBuilder(report(3 * number + 1, ReportStatus.FINAL, 2))
            .setReportId(reportId)
            .build();
    add(seconds, study(id, patient, List.of(), report, null));
    if (chance(0.5)) {
      Correction correction =
          Correction.newBuilder().setRetractedReports(List.of(reportId)).build();
      add(seconds + minutes(30), study(id, patient, List.of(), null, correction));
    }
  }

  /** Under another number of the same patient, of which that is told later, or too late. */
  private void addEarlyPart(String id, String patient, double seconds) {
    String other = "another number of " + patient;
    add(seconds, study(id, other, List.of(view(random.nextInt(PICTURES))), null, null));
    Correction merge = Correction.newBuilder().setFormerPatientId(other).build();
    Study study = study("patient/" + other, patient, List.of(), null, merge);
    events.add(new Event(seconds + minutes(15), study, true));
  }

  private void addMerge(String former, double seconds) {
    String survivor = "patient " + random.nextInt(patients);
    if (!survivor.equals(former)) {
      Correction merge = Correction.newBuilder().setFormerPatientId(former).build();
      Study study = study("patient/" + former, survivor, List.of(), null, merge);
      events.add(new Event(seconds, study, true));
    }
  }

  private void add(double seconds, Study study) {
    events.add(new Event(seconds, study, false));
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private double minutes(double most) {
    return 60 * most * random.nextDouble();
  }

  private static Study study(
      String id, String patient, List<View> views, Report report, Correction correction) {
    return Study.newBuilder()
        .setStudyId(id)
        .setPatientId(patient)
        .setSource("script")
        .setViews(views)
        .setReport(report)
        .setCorrection(correction)
        .build();
  }

  private static Report report(int number, ReportStatus status, int version) {
    String text =
        number % 20 == 0
            ? "HISTORY: none."
            : "FINDINGS: Small left effusion of %d ml.".formatted(number);
    return Report.newBuilder().setText(text).setStatus(status).setVersion(version).build();
  }

  private View view(int number) {
    byte[] png = pictures.get(number % PICTURES);
    return View.newBuilder()
        .setViewId("view " + number % PICTURES)
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(png))
        .setWidth(SIDE)
        .setHeight(SIDE)
        .setOriginalWidth(SIDE)
        .setOriginalHeight(SIDE)
        .setSha256(Sha256.of(png))
        .build();
  }

  private static byte[] picture(int number) {
    byte[] pixels = new byte[SIDE * SIDE];
    CounterRandom.of(number, "picture").nextBytes(pixels);
    return ImageEncoder.png(new GrayImage(SIDE, SIDE, pixels));
  }
}

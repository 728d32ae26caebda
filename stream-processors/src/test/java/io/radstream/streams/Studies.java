package io.radstream.streams;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportSections;
import io.radstream.schemas.Correction;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.OriginalPlace;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;

/** Studies for tests. */
final class Studies {

  static final String REPORT =
      "INDICATION: cough. FINDINGS: Small left effusion. The right lung is clear.";

  static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://stream-processors", new TopicNames("test."));

  private Studies() {}

  static Study whole(String id, int... views) {
    return study(id, "patient of " + id, finalReport(REPORT), views);
  }

  static Study study(String id, String patient, Report report, int... views) {
    return study(id, patient, report, Arrays.stream(views).mapToObj(Studies::view).toList());
  }

  static Study study(String id, String patient, Report report, List<View> views) {
    return Study.newBuilder()
        .setStudyId(id)
        .setPatientId(patient)
        .setSource("test")
        .setViews(views)
        .setReport(report)
        .build();
  }

  /** The views of a study, without its report. */
  static Study viewsOf(String id, int... views) {
    return study(id, "patient of " + id, null, views);
  }

  static Study reportOf(String id, Report report) {
    return study(id, "patient of " + id, report, List.of());
  }

  /** A merge of patients, as a publisher sends it. */
  static Study merge(String survivor, String former) {
    return Study.newBuilder()
        .setStudyId("patient/" + former)
        .setPatientId(survivor)
        .setSource("test")
        .setCorrection(Correction.newBuilder().setFormerPatientId(former).build())
        .build();
  }

  /** These views, and maybe the report, are not of this study. */
  static Study retraction(String id, String patient, boolean report, int... views) {
    return correction(
        id,
        patient,
        Correction.newBuilder()
            .setRetractedViews(Arrays.stream(views).mapToObj(v -> "view " + v).toList())
            .setReportRetracted(report)
            .build());
  }

  /** These reports are not of this study. */
  static Study reportsRetracted(String id, String patient, String... reports) {
    return correction(
        id, patient, Correction.newBuilder().setRetractedReports(List.of(reports)).build());
  }

  private static Study correction(String id, String patient, Correction correction) {
    return Study.newBuilder()
        .setStudyId(id)
        .setPatientId(patient)
        .setSource("test")
        .setCorrection(correction)
        .build();
  }

  /** What a tuple says of a report with this text. */
  static List<Integer> tokens(String text) {
    String kept = ReportSections.of(text).text();
    return Arrays.stream(StageDriver.TOKENIZER.encode(kept, StageDriver.CONFIG.maxTokens()))
        .boxed()
        .toList();
  }

  static Report finalReport(String text) {
    return report(text, ReportStatus.FINAL, 1);
  }

  /** A final report with an id. */
  static Report report(String text, String id, int version) {
    return Report.newBuilder(report(text, ReportStatus.FINAL, version)).setReportId(id).build();
  }

  static Report report(String text, ReportStatus status, int version) {
    return Report.newBuilder().setText(text).setStatus(status).setVersion(version).build();
  }

  /** Equal numbers give equal pixels. */
  static View view(int number) {
    return view("view " + number, png(64, number));
  }

  /** One whose original lies where that of a study does. */
  static View claimed(String study, int number) {
    View view = view("view-" + number, png(64, number));
    String sha256 = Sha256.of(("original " + number).getBytes(StandardCharsets.UTF_8));
    String key = OriginalPlace.key(study, view.getViewId(), sha256, PixelEncoding.PNG);
    return View.newBuilder(view)
        .setOriginal(
            new OriginalView("s3://originals/site/" + key, 5_000_000L, sha256, PixelEncoding.PNG))
        .build();
  }

  static View view(String id, byte[] pixels) {
    return View.newBuilder()
        .setViewId(id)
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(pixels))
        .setWidth(64)
        .setHeight(64)
        .setOriginalWidth(2048)
        .setOriginalHeight(2048)
        .setSha256(Sha256.of(pixels))
        .build();
  }

  /** A square of noise, which no encoder can shrink. */
  static byte[] png(int side, int number) {
    return png(side, side, number);
  }

  /** Noise. */
  static byte[] png(int width, int height, int number) {
    byte[] pixels = new byte[width * height];
    CounterRandom.of(number, "pixels").nextBytes(pixels);
    return ImageEncoder.png(new GrayImage(width, height, pixels));
  }

  static byte[] bytes(Study study) {
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, CONNECTION);
        Serializer<Study> serializer = serde.serializer()) {
      return serializer.serialize(CONNECTION.topics().of(Topic.STUDIES), study);
    }
  }
}

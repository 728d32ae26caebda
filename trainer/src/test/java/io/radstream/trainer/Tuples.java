package io.radstream.trainer;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.Sides;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.radiology.report.WordPieceTrainer.Options;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Made-up studies for tests. */
public final class Tuples {

  public static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://trainer", new TopicNames("test."));

  private static final RecordSerde<StudyTuple> SERDE = RecordSerde.of(StudyTuple.class, CONNECTION);

  public static final int SIDE = 40;

  private static final String CORPUS =
      "small left pleural effusion. the right lung is clear. no pneumothorax on either side. ";

  private Tuples() {}

  /** Knows "left" and "right". */
  public static ReportTokenizer tokenizer() throws IOException {
    return ReportTokenizer.of(
        WordPieceTrainer.train(List.of(CORPUS.repeat(3)).iterator(), Options.DEFAULT));
  }

  public static StudyTuple tuple(
      String studyId, int revision, ReportTokenizer tokenizer, String report, byte[]... images) {
    return StudyTuple.newBuilder()
        .setStudyId(studyId)
        .setPatientId("p")
        .setRevision(revision)
        .setViews(Arrays.stream(images).map(Tuples::view).toList())
        .setSelection(List.of(0, 0, 0))
        .setTokens(Arrays.stream(tokenizer.encode(report, 100)).boxed().toList())
        .setMirroredTokens(
            new Sides()
                .mirror(report)
                .map(mirrored -> Arrays.stream(tokenizer.encode(mirrored, 100)).boxed().toList())
                .orElse(null))
        .setTokenizer(tokenizer.fingerprint())
        .setSections(List.of())
        .setOrigins(List.of())
        .build();
  }

  /** Nothing of the study is to be used from this revision on. */
  public static StudyTuple takenBack(String studyId, int revision) {
    return StudyTuple.newBuilder()
        .setStudyId(studyId)
        .setPatientId("p")
        .setRevision(revision)
        .setViews(List.of())
        .setSelection(List.of())
        .setTokens(List.of())
        .setTokenizer("of another stage")
        .setSections(List.of())
        .setOrigins(List.of())
        .build();
  }

  public static byte[] bytes(StudyTuple tuple, String topic) {
    return SERDE.serializer().serialize(topic, tuple);
  }

  /** A dark square, bright in the columns [from, to). */
  public static GrayImage bar(int from, int to) {
    byte[] pixels = new byte[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      Arrays.fill(pixels, y * SIDE + from, y * SIDE + to, (byte) 200);
    }
    return new GrayImage(SIDE, SIDE, pixels);
  }

  public static byte[] png(GrayImage image) {
    return ImageEncoder.png(image);
  }

  private static View view(byte[] pixels) {
    return View.newBuilder()
        .setViewId("v")
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(pixels))
        .setWidth(SIDE)
        .setHeight(SIDE)
        .setOriginalWidth(SIDE)
        .setOriginalHeight(SIDE)
        .setSha256("unused")
        .build();
  }
}

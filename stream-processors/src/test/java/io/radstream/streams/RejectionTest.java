package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RejectionTest {

  private static final String KEY = "bad";

  @TempDir private Path stateDir;

  static Stream<Arguments> badRecords() {
    byte[] text = "this is no image, whatever its name".getBytes(StandardCharsets.UTF_8);
    byte[] jpeg = jpeg();
    return Stream.of(
        bad(RejectionReason.NOT_AVRO, "a value that is not Avro", text),
        bad(RejectionReason.NOT_AVRO, "no value", (byte[]) null),
        bad(RejectionReason.UNKNOWN_SCHEMA, "an unknown schema id", unknownSchema()),
        bad(RejectionReason.INVALID_RECORD, "half a record", half(Studies.bytes(whole(KEY, 1)))),
        bad(RejectionReason.INVALID_RECORD, "another study's key", whole("another", 1)),
        bad(RejectionReason.INVALID_RECORD, "damaged pixels", withDigestOf(Studies.view(2))),
        bad(
            RejectionReason.INVALID_RECORD,
            "an original of another study",
            study(KEY, "p", finalReport(Studies.REPORT), List.of(Studies.claimed("another", 1)))),
        bad(RejectionReason.UNDECODABLE_IMAGE, "a truncated JPEG", image(half(jpeg))),
        bad(RejectionReason.UNDECODABLE_IMAGE, "a text named .png", image(text)),
        bad(RejectionReason.UNDECODABLE_IMAGE, "no pixels", image(new byte[0])),
        bad(RejectionReason.IMAGE_TOO_SMALL, "a 1×1 image", image(Studies.png(1, 1))),
        bad(RejectionReason.IMAGE_TOO_SMALL, "a 600×36 image", image(Studies.png(600, 36, 1))),
        bad(RejectionReason.IMAGE_TOO_LARGE, "a huge header", image(hugeHeader())),
        bad(RejectionReason.EMPTY_REPORT, "an empty report", report("")),
        bad(RejectionReason.EMPTY_REPORT, "a blank report", report(" \n\t")),
        bad(RejectionReason.NO_FINDINGS_OR_IMPRESSION, "no section", report("HISTORY: cough.")),
        bad(RejectionReason.REPORT_TOO_SHORT, "two words", report("FINDINGS: All clear.")),
        bad(RejectionReason.NO_VIEW, "no view", study(KEY, "p", finalReport(Studies.REPORT))),
        bad(RejectionReason.NO_REPORT, "no report", Studies.viewsOf(KEY, 1)),
        bad(RejectionReason.NO_VIEW, "nothing", Studies.viewsOf(KEY)));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("badRecords")
  void shouldSetABadRecordAsideAndGoOn(RejectionReason reason, String what, byte[] value) {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish("before", Studies.bytes(whole("before", 1)), 0);
      stage.publish(KEY, value, 1);
      stage.publish("after", Studies.bytes(whole("after", 2)), 2);
      stage.publish("much later", Studies.bytes(whole("much later", 3)), 10_000);

      assertThat(stage.tuples())
          .extracting(StudyTuple::getStudyId)
          .containsExactly("before", "after", "much later");
      RejectedStudy rejected = only(stage.rejections());
      assertThat(rejected.getReason()).isEqualTo(reason);
      assertThat(rejected.getStudyId()).isEqualTo(KEY);
      assertThat(rejected.getOriginal()).isEqualTo(value == null ? null : ByteBuffer.wrap(value));
      assertThat(rejected.getTopic()).isEqualTo("test.studies");
      assertThat(rejected.getOffset()).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeARejectedRecordForNewWhereItIsSentAgainOnPurpose() {
    byte[] truncated = Studies.bytes(image(half(jpeg())));
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(KEY, truncated, 0);
      stage.publish(KEY, truncated, 1);

      stage.redrive(KEY, truncated, "0/0", 2);
      stage.redrive(KEY, truncated, "0/0", 3);

      assertThat(stage.rejections()).hasSize(2);
    }
  }

  @Test
  void shouldRejectAgainWhatIsSentAgainBeforeAnythingHasChanged() {
    byte[] views = Studies.bytes(Studies.viewsOf(KEY, 1));
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(KEY, views, 0);
      stage.publish("later", Studies.bytes(whole("later", 2)), 10_000);
      stage.redrive(KEY, views, "0/0", 10_001);
      stage.publish("much later", Studies.bytes(whole("much later", 3)), 20_000);

      assertThat(stage.rejections())
          .extracting(RejectedStudy::getReason, RejectedStudy::getOffset)
          .containsExactly(
              tuple(RejectionReason.NO_REPORT, 0L), tuple(RejectionReason.NO_REPORT, 2L));
    }
  }

  @Test
  void shouldMakeNoSecondTupleOfWhatIsSentAgain() {
    byte[] value = Studies.bytes(whole(KEY, 1));
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(KEY, value, 0);
      stage.redrive(KEY, value, "0/0", 100);
      stage.publish("later", Studies.bytes(whole("later", 2)), 10_000);

      assertThat(stage.tuples()).extracting(StudyTuple::getStudyId).containsExactly(KEY, "later");
    }
  }

  @Test
  void shouldRejectARecordWithoutAKey() {
    byte[] value = Studies.bytes(whole("s", 1));
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(null, value, 0);

      RejectedStudy rejected = only(stage.rejections());

      assertThat(rejected.getReason()).isEqualTo(RejectionReason.INVALID_RECORD);
      assertThat(rejected.getStudyId()).isNull();
      assertThat(rejected.getOriginal()).isEqualTo(ByteBuffer.wrap(value));
    }
  }

  @Test
  void shouldRejectARecordThatNamesAnotherPatient() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", finalReport(Studies.REPORT), 1), 0);
      stage.publish(study("s", "q", null, 2), 1);
      stage.silence(Duration.ofMinutes(11));

      assertThat(only(stage.rejections()).getReason()).isEqualTo(RejectionReason.INVALID_RECORD);
      assertThat(only(stage.tuples()).getPatientId()).isEqualTo("p");
    }
  }

  @Test
  void shouldRejectAStudyWhoseViewsDoNotFitIntoOneRecord() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", null, List.of(large(1))), 0);
      stage.publish(study("s", "p", null, List.of(large(2))), 1);
      stage.publish(study("s", "p", finalReport(Studies.REPORT)), 2);
      stage.publish(whole("after", 3), 3);

      assertThat(only(stage.rejections()).getReason()).isEqualTo(RejectionReason.OVERSIZED);
      assertThat(only(stage.tuples()).getStudyId()).isEqualTo("after");
    }
  }

  @Test
  void shouldPointAtARecordThatIsTooLargeToBeSentOn() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish("s", new byte[8 * 1024 * 1024], 0);

      RejectedStudy rejected = only(stage.rejections());

      assertThat(rejected.getReason()).isEqualTo(RejectionReason.OVERSIZED);
      assertThat(rejected.getOriginal()).isNull();
      assertThat(rejected.getOffset()).isZero();
    }
  }

  private static Arguments bad(RejectionReason reason, String what, Study study) {
    return bad(reason, what, Studies.bytes(study));
  }

  private static Arguments bad(RejectionReason reason, String what, byte[] value) {
    return Arguments.of(reason, what, value);
  }

  private static Study report(String text) {
    return study(KEY, "p", finalReport(text), 1);
  }

  /** One good view, one bad. */
  private static Study image(byte[] pixels) {
    return study(
        KEY,
        "p",
        finalReport(Studies.REPORT),
        List.of(Studies.view(1), Studies.view("second view", pixels)));
  }

  private static Study withDigestOf(View other) {
    View view = View.newBuilder(Studies.view(1)).setSha256(other.getSha256()).build();
    return study(KEY, "p", finalReport(Studies.REPORT), List.of(view));
  }

  private static View large(int number) {
    return Studies.view("large " + number, Studies.png(2100, number));
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] unknownSchema() {
    return ByteBuffer.allocate(9).put((byte) 0).putInt(987_654).putInt(0).array();
  }

  private static byte[] jpeg() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(256, 256, BufferedImage.TYPE_BYTE_GRAY), "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A whole PNG header of 30,000 × 30,000 pixels, and not one of them. */
  private static byte[] hugeHeader() {
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(30_000).putInt(30_000);
    header.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    return ByteBuffer.allocate(33)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .put(header.array())
        .putInt((int) crc.getValue())
        .array();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}

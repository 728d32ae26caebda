package io.radstream.producers.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CodestreamCommentsTest {

  private static final int JPEG_COMMENT = 0xFFFE;
  private static final int EXIF = 0xFFE1;
  private static final int ADOBE = 0xFFEE;
  private static final int JPEG_2000_COMMENT = 0xFF64;
  private static final String NAME = "\0\1Beispiel";

  @Test
  void shouldMakeCommentsOfAJpegBlankAndLeaveWhatSaysHowToReadIt() {
    ByteArrayOutputStream jpeg = begun(0xFFD8);
    segment(jpeg, JPEG_COMMENT);
    segment(jpeg, ADOBE);
    segment(jpeg, EXIF);
    segment(jpeg, 0xFFDA);

    String clean = blanked(jpeg);

    assertThat(clean.split("Beispiel", -1)).hasSize(3);
    assertThat(clean.indexOf("Beispiel")).isGreaterThan(NAME.length());
    assertThat(clean).hasSize(jpeg.size());
  }

  @Test
  void shouldMakeCommentsOfAJpeg2000Blank() {
    ByteArrayOutputStream jpeg2000 = begun(0xFF4F);
    segment(jpeg2000, 0xFF51);
    segment(jpeg2000, JPEG_2000_COMMENT);
    segment(jpeg2000, 0xFF90);

    String clean = blanked(jpeg2000);

    assertThat(clean.split("Beispiel", -1)).hasSize(3);
    assertThat(clean).contains("\0\1        ");
  }

  @Test
  void shouldLeaveCutAndOtherBytesAsTheyAre() {
    ByteBuffer cut =
        ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xFE});
    ByteBuffer other = ByteBuffer.wrap(NAME.getBytes(StandardCharsets.US_ASCII));

    assertThat(CodestreamComments.blank(cut)).isEqualTo(cut);
    assertThat(CodestreamComments.blank(other)).isEqualTo(other);
  }

  private static ByteArrayOutputStream begun(int marker) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    put(stream, marker);
    return stream;
  }

  private static void segment(ByteArrayOutputStream stream, int marker) {
    put(stream, marker);
    put(stream, Short.BYTES + NAME.length());
    stream.writeBytes(NAME.getBytes(StandardCharsets.US_ASCII));
  }

  private static void put(ByteArrayOutputStream stream, int number) {
    stream.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) number).array());
  }

  private static String blanked(ByteArrayOutputStream stream) {
    ByteBuffer clean = CodestreamComments.blank(ByteBuffer.wrap(stream.toByteArray()));
    byte[] bytes = new byte[clean.remaining()];
    clean.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

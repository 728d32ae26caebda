package io.radstream.producers.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BareCodestreamTest {

  private static final String NAME = "Beispiel";
  private static final String JFIF = "JFIF\0\1\1\0\0\1\0\1";

  /** Before and between scans, and in what says how colours are to be read. */
  @Test
  void shouldKeepOfAJpegOnlyWhatIsDecoded() {
    // Given
    Stream jpeg =
        new Stream()
            .marker(0xFFD8)
            .segment(0xFFFE, NAME)
            .segment(0xFFE0, JFIF + "\1\1" + NAME)
            .segment(0xFFE1, "Exif\0\0" + NAME)
            .segment(0xFFEE, "Adobe\0\1\0\0\0\0\0" + NAME)
            .segment(0xFFC0, "\10\0\1\0\1\1\1\21\0")
            .segment(0xFFDD, "\0\1")
            .segment(0xFFDA, "\1\1\0\0\77\0")
            .text("ab\u00FF\0cd\u00FF\u00D0ef")
            .segment(0xFFFE, NAME)
            .segment(0xFFDA, "\1\1\0\0\77\0")
            .text("gh")
            .marker(0xFFFF)
            .marker(0xFFD9)
            .text(NAME);

    // When
    String bare = bare(jpeg).orElseThrow();

    // Then
    assertThat(bare)
        .doesNotContain(NAME)
        .contains(JFIF + "\0\0")
        .contains("Adobe")
        .contains("ab\u00FF\0cd\u00FF\u00D0ef")
        .endsWith("gh\u00FF\u00D9");
  }

  /** In the header of the picture and in that of a tile. */
  @Test
  void shouldKeepOfAJpeg2000OnlyWhatIsDecoded() {
    // Given
    String tileHeader = new Stream().segment(0xFF64, "\0\1" + NAME).letters();
    Stream jpeg2000 =
        begun2000()
            .segment(0xFF64, "\0\1" + NAME)
            .segment(0xFF55, NAME)
            .segment(0xFF90, "\0\0" + number(12 + tileHeader.length() + 2 + 4) + "\0\1")
            .text(tileHeader)
            .marker(0xFF93)
            .text("data")
            .marker(0xFFD9)
            .text(NAME);

    // When
    String bare = bare(jpeg2000).orElseThrow();

    // Then
    String tile = new Stream().segment(0xFF90, "\0\0" + number(12 + 2 + 4) + "\0\1").letters();
    assertThat(bare)
        .doesNotContain(NAME)
        .startsWith(begun2000().letters())
        .endsWith(tile + "\u00FF\u0093data\u00FF\u00D9");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFF0, 0xFF40, 0xFFDE, 0xFFC4, 0xFFDB, 0xFFC0, 0xFFDA, 0xFFF8})
  void shouldNotVouchForSegmentsOfAJpegThatAreNotUnderstood(int marker) {
    assertThat(bare(new Stream().marker(0xFFD8).segment(marker, NAME).marker(0xFFD9))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFF50, 0xFF52, 0xFF53, 0xFF5C, 0xFF5D, 0xFF5E, 0xFF5F, 0xFF60, 0xFF74})
  void shouldNotVouchForSegmentsOfAJpeg2000ThatAreNotUnderstood(int marker) {
    assertThat(bare(begun2000().segment(marker, NAME).marker(0xFFD9))).isEmpty();
  }

  @Test
  void shouldNotVouchForWhatHasNoEndOrIsSomethingElse() {
    assertThat(bare(new Stream().text(NAME))).isEmpty();
    assertThat(bare(new Stream())).isEmpty();
    assertThat(bare(new Stream().marker(0xFFD8).segment(0xFFDA, "\1\1\0\0\77\0").text(NAME)))
        .isEmpty();
    assertThat(bare(begun2000())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xD8, 0x4F})
  void shouldEndWhateverItReads(int start) {
    SplittableRandom random = new SplittableRandom(start);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      Arrays.setAll(new Byte[bytes.length], at -> bytes[at] = any(random));
      if (bytes.length > 1) {
        bytes[0] = (byte) 0xFF;
        bytes[1] = (byte) start;
      }

      Optional<byte[]> bare = BareCodestream.of(bytes);

      assertThat(bare.map(it -> it.length).orElse(0)).isLessThanOrEqualTo(bytes.length);
    }
  }

  /** Markers and short lengths more often than chance has them. */
  private static byte any(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> (byte) 0xFF;
      case 1 -> (byte) random.nextInt(12);
      default -> (byte) (0x50 + random.nextInt(176));
    };
  }

  /** Of one component of one pixel, in one level. */
  private static Stream begun2000() {
    return new Stream()
        .marker(0xFF4F)
        .segment(
            0xFF51,
            "\0\0"
                + number(1).repeat(2)
                + number(0).repeat(2)
                + number(1).repeat(2)
                + number(0).repeat(2)
                + "\0\1\7\1\1")
        .segment(0xFF52, "\0\0\0\1\0\1\4\4\0\1")
        .segment(0xFF5C, "\100\100\110\110\120");
  }

  private static String number(int number) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Optional<String> bare(Stream stream) {
    return BareCodestream.of(stream.letters().getBytes(StandardCharsets.ISO_8859_1))
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** A codestream with letters for bytes. */
  private static final class Stream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Stream marker(int marker) {
      bytes.write(marker >> Byte.SIZE);
      bytes.write(marker);
      return this;
    }

    Stream segment(int marker, String content) {
      return marker(marker).marker(Short.BYTES + content.length()).text(content);
    }

    Stream text(String text) {
      bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    }

    String letters() {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }
  }
}

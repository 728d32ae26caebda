package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.radiology.image.ImageDecoder.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of every kind against Pillow's values: see pictures.py in benchmarks/reference. */
class ReferencePicturesTest {

  /** Of 255: two decoders may round differently. */
  private static final int ONE_LEVEL = 1;

  private final ImageDecoder decoder = new ImageDecoder(new Limits(1, 10_000));

  @ParameterizedTest(name = "{0}")
  @MethodSource("read")
  void shouldSeeWhatPillowSees(String name, JsonNode picture) throws IOException {
    byte[] expected = HexFormat.of().parseHex(picture.get("gray").textValue());

    GrayImage decoded = decoder.decode(file(picture));

    assertThat(decoded.width()).isEqualTo(picture.get("width").intValue());
    assertThat(decoded.pixels()).hasSameSizeAs(expected);
    assertThat(furthest(decoded.pixels(), expected)).isLessThanOrEqualTo(ONE_LEVEL);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void shouldRefuseWhatCannotBeReadRightly(String name, JsonNode picture) {
    UnreadableImageException refusal =
        catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(file(picture)));

    assertThat(refusal).hasMessageStartingWith(picture.get("refused").textValue());
  }

  private static int furthest(byte[] decoded, byte[] expected) {
    int most = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, Math.abs((decoded[i] & 0xFF) - (expected[i] & 0xFF)));
    }
    return most;
  }

  private static byte[] file(JsonNode picture) {
    return Base64.getDecoder().decode(picture.get("file").textValue());
  }

  static Stream<Arguments> read() throws IOException {
    return pictures("gray");
  }

  static Stream<Arguments> refused() throws IOException {
    return pictures("refused");
  }

  private static Stream<Arguments> pictures(String outcome) throws IOException {
    try (InputStream json =
        ReferencePicturesTest.class.getResourceAsStream("/reference/pictures.json")) {
      JsonNode pictures = new ObjectMapper().readTree(json);
      return StreamSupport.stream(pictures.spliterator(), false)
          .filter(picture -> picture.has(outcome))
          .map(picture -> Arguments.of(picture.get("name").textValue(), picture));
    }
  }
}

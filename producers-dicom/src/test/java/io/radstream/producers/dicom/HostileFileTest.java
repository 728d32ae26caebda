package io.radstream.producers.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.UnreadableImageException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damage of every kind gives a refusal or a picture, and nothing else. */
class HostileFileTest {

  private static final int FLIPS = 500;

  private static RadiographReader reader;

  @BeforeAll
  static void open() {
    reader = new RadiographReader(new StudyNames(""), BodyParts.ANY, PictureRule.NONE);
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  /** Not the compressed ones: their codecs are tested by themselves. */
  static List<RenderedImage> images() {
    List<String> wanted =
        List.of("implicit", "big-endian", "deflated", "run-lengths", "voi-table", "rgb", "palette");
    return RenderedImage.all().stream().filter(it -> wanted.contains(it.name())).toList();
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldRefuseWhatIsCutAnywhere(RenderedImage image) throws Exception {
    // Given
    byte[] file = image.file();
    int pictures = 0;

    // When
    for (int length = 0; length < file.length; length++) {
      pictures += isPicture(Arrays.copyOf(file, length)) ? 1 : 0;
    }

    // Then: at most padding is missing
    assertThat(pictures).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldReadOrRefuseWhatHasFlippedBits(RenderedImage image) throws Exception {
    // Given
    SplittableRandom random = new SplittableRandom(image.name().length());
    // Its header, where damage does most.
    int end = Math.min(image.file().length, 1200);
    int pictures = 0;

    // When
    for (int i = 0; i < FLIPS; i++) {
      byte[] damaged = image.file().clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        damaged[random.nextInt(128, end)] ^= (byte) (1 << random.nextInt(8));
      }
      pictures += isPicture(damaged) ? 1 : 0;
    }

    // Then
    assertThat(pictures).isBetween(1, FLIPS - 1);
  }

  /** Anything but a refusal fails the test. */
  private static boolean isPicture(byte[] file) throws Exception {
    try {
      Image image = reader.read(file).part().views().get(0).image();
      ((Image.Deferred) image).reader().read();
      return true;
    } catch (RefusedStudyException | UnreadableImageException e) {
      assertThat(e).hasMessageNotContaining("Beispiel");
      return false;
    }
  }
}

package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginalPlaceTest {

  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final String KEY = "study/view/" + SHA + ".png";

  @Test
  void shouldKeepTheViewsOfAStudyTogether() {
    String key = OriginalPlace.key("study", "view", SHA, PixelEncoding.PNG);

    assertThat(key).isEqualTo(KEY).startsWith(OriginalPlace.folder("study"));
  }

  @ParameterizedTest
  @CsvSource({"s3://bucket/", "s3://bucket/some/where/", "s3://a.bucket-2/p_1/x.y/"})
  void shouldTakeAnyPlaceOfAStore(String below) {
    assertThat(OriginalPlace.fault("study", view(below + KEY, 17, SHA, PixelEncoding.PNG)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/other/view/",
    "s3://bucket/study/other/",
    "s3://bucket/another-study/view/",
    "s3://bucket/../study/view/",
    "s3://bucket/a//study/view/",
    "s3://bucket/a b/study/view/",
    "s3://B/study/view/",
    "https://bucket/study/view/",
    "/study/view/"
  })
  void shouldRefuseAnyOtherAddress(String folder) {
    String uri = folder + SHA + ".png";

    assertThat(OriginalPlace.fault("study", view(uri, 17, SHA, PixelEncoding.PNG)).orElseThrow())
        .contains("is not at s3://BUCKET/PREFIX/<study>/<view>/<sha256>.png");
  }

  @Test
  void shouldSayWhatElseIsWrong() {
    String uri = "s3://bucket/" + KEY;

    assertThat(OriginalPlace.fault("study", view(uri, 0, SHA, PixelEncoding.PNG)).orElseThrow())
        .contains("is said to have 0 bytes; 1 to 83886080 are read");
    assertThat(
            OriginalPlace.fault(
                "study", view(uri, OriginalPlace.MOST_BYTES + 1, SHA, PixelEncoding.PNG)))
        .isPresent();
    assertThat(
            OriginalPlace.fault("study", view(uri, 17, SHA.substring(1), PixelEncoding.PNG))
                .orElseThrow())
        .contains("is not 64 small hexadecimal digits");
    assertThat(
            OriginalPlace.fault("study", view(uri, 17, SHA, PixelEncoding.UNKNOWN)).orElseThrow())
        .contains("is neither PNG nor JPEG");
    assertThat(OriginalPlace.fault("study", view(uri, 17, SHA, PixelEncoding.JPEG))).isPresent();
  }

  /** A pattern that tries again and again would take years. */
  @Test
  void shouldJudgeALongAddressAtOnce() {
    String uri = "s3://bucket/" + "a".repeat(1000) + " ";

    assertThat(OriginalPlace.fault("study", view(uri, 17, SHA, PixelEncoding.PNG))).isPresent();
  }

  private static View view(String uri, long bytes, String sha256, PixelEncoding encoding) {
    return View.newBuilder()
        .setViewId("view")
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.allocate(0))
        .setWidth(1)
        .setHeight(1)
        .setOriginalWidth(1)
        .setOriginalHeight(1)
        .setSha256("")
        .setOriginal(new OriginalView(uri, bytes, sha256, encoding))
        .build();
  }
}

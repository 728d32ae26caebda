package io.radstream.serving.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.explain.PatchMap;
import io.radstream.radiology.image.GrayImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MappedPictureTest {

  private static final byte GRAY = 100;

  /** Of four patches the upper left one alone has a value. */
  private static MappedPicture picture(int width, int height) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, GRAY);
    return new MappedPicture(
        new GrayImage(width, height, pixels), new PatchMap(2, new float[] {1, 0, 0, 0}), 224);
  }

  private static int[] at(MappedPicture picture, double x, double y) {
    byte[] rgb = picture.rgb();
    int column = (int) (x * picture.width());
    int row = (int) (y * picture.height());
    int at = 3 * (row * picture.width() + column);
    return new int[] {rgb[at] & 0xFF, rgb[at + 1] & 0xFF, rgb[at + 2] & 0xFF};
  }

  @Test
  void shouldColourWhereTheMapIsHigh() {
    MappedPicture picture = picture(400, 300);

    assertThat(at(picture, 0.2, 0.2)).containsExactly(155, 40, 136);
    assertThat(at(picture, 0.9, 0.9)).containsExactly(GRAY, GRAY, GRAY);
  }

  @Test
  void shouldLeaveAloneWhatTheNetworkDidNotSee() {
    assertThat(at(picture(400, 300), 0.01, 0.2)).containsExactly(GRAY, GRAY, GRAY);
    assertThat(at(picture(400, 300), 0.08, 0.2)).containsExactly(155, 40, 136);
  }

  @Test
  void shouldKeepProportionsAndBounds() {
    assertThat(picture(64, 32).width()).isEqualTo(512);
    assertThat(picture(64, 32).height()).isEqualTo(256);
    assertThat(picture(3000, 1500).width()).isEqualTo(1024);
    assertThat(picture(3000, 1500).rgb()).hasSize(3 * 1024 * 512);
    assertThat(picture(600, 1).height()).isOne();
  }
}

package io.radstream.results.maps;

import io.radstream.results.destination.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Draws a gray picture with a fuchsia square for each finding, and keeps what it was asked for. */
public final class DrawnMaps implements MapPictures {

  public static final int WIDTH = 512;
  public static final int HEIGHT = 400;

  private final List<List<String>> asked = new ArrayList<>();

  public static ResultMaps likely() {
    return new ResultMaps(new DrawnMaps(), new MapChoice(0.5, MapChoice.MOST));
  }

  public static RgbPicture picture() {
    byte[] pixels = new byte[RgbPicture.CHANNELS * WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      boolean high = i % WIDTH < 100 && i / WIDTH < 100;
      pixels[3 * i] = (byte) (high ? 192 : 90);
      pixels[3 * i + 1] = (byte) (high ? 0 : 90);
      pixels[3 * i + 2] = (byte) (high ? 160 : 90);
    }
    return new RgbPicture(WIDTH, HEIGHT, pixels);
  }

  @Override
  public Drawn of(Result result, List<String> findings) {
    asked.add(findings);
    return new Drawn.Pictures(
        findings.stream()
            .flatMap(
                finding ->
                    IntStream.range(0, 2)
                        .mapToObj(view -> new MapPicture(finding, view, picture())))
            .toList());
  }

  List<List<String>> asked() {
    return asked;
  }
}

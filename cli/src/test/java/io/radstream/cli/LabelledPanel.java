package io.radstream.cli;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Made-up pictures, and a panel of them in which every other patient has an effusion. */
final class LabelledPanel {

  private static final int SIDE = 64;

  private LabelledPanel() {}

  /** Writes {@code panel.jsonl} and its pictures; each study is of a patient of its own. */
  static Path write(Path folder, int studies) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < studies; i++) {
      Files.write(folder.resolve("panel" + i + ".png"), picture(i));
      lines.add(
          "{\"patient\":\"p%d\",\"images\":[{\"file\":\"panel%d.png\"}],\"text\":\"-\",\"labels\":{\"effusion\":%d}}"
              .formatted(i, i, i % 2));
    }
    return Files.write(folder.resolve("panel.jsonl"), lines);
  }

  /** A PNG of 64 × 64 pixels; another number gives another one. */
  static byte[] picture(int number) {
    byte[] pixels = new byte[SIDE * SIDE];
    IntStream.range(0, pixels.length)
        .forEach(at -> pixels[at] = (byte) ((at % SIDE) * (1 + number % 7) + number));
    return ImageEncoder.png(new GrayImage(SIDE, SIDE, pixels));
  }
}

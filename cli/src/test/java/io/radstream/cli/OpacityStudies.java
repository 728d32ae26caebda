package io.radstream.cli;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Studies of which every other one has an opacity on the right, as its report and label say. */
final class OpacityStudies {

  private static final int SIDE = 64;

  private OpacityStudies() {}

  /** Writes a file of studies, each of a patient of its own, and their pictures. */
  static Path write(Path folder, int studies) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < studies; i++) {
      boolean opacity = i % 2 == 0;
      Files.write(folder.resolve(i + ".png"), picture(i, opacity));
      lines.add(
          ("{\"patient\":\"%d\",\"text\":\"FINDINGS: %s\",\"images\":[{\"file\":\"%d.png\"}],"
                  + "\"labels\":{\"opacity\":%b}}")
              .formatted(i, opacity ? "There is an opacity." : "The lungs are clear.", i, opacity));
    }
    return Files.write(folder.resolve("studies.jsonl"), lines);
  }

  /** Noise, and no two alike. */
  private static byte[] picture(int study, boolean opacity) {
    byte[] pixels = new byte[SIDE * SIDE];
    CounterRandom random = CounterRandom.of(1, "picture", study);
    for (int i = 0; i < pixels.length; i++) {
      boolean there = opacity && i % SIDE < SIDE / 2 && i / SIDE > SIDE / 2;
      pixels[i] = (byte) (60 + 40 * random.nextDouble() + (there ? 120 : 0));
    }
    return ImageEncoder.png(new GrayImage(SIDE, SIDE, pixels));
  }
}

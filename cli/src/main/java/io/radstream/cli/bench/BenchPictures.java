package io.radstream.cli.bench;

import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomView;
import io.radstream.radiology.image.ImageEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Encoded radiographs to measure with. */
public final class BenchPictures {

  private static final int COUNT = 16;

  private BenchPictures() {}

  /**
   * Phantoms, as PNG.
   *
   * @param side of each, in pixels
   */
  public static List<byte[]> phantoms(int side) {
    PhantomGenerator generator = new PhantomGenerator(side, PhantomGenerator.MAX_VIEWS);
    return Stream.iterate(0, study -> study + 1)
        .flatMap(study -> generator.study(1, study).views().stream())
        .limit(COUNT)
        .map(PhantomView::image)
        .map(ImageEncoder::png)
        .toList();
  }

  /**
   * The first of a directory, by name.
   *
   * @throws IOException where there is none
   */
  public static List<byte[]> of(Path directory) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(BenchPictures::isPicture).sorted().limit(COUNT).toList()) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    if (pictures.isEmpty()) {
      throw new IOException(directory + " holds no file that ends in .png, .jpg or .jpeg");
    }
    return pictures;
  }

  private static boolean isPicture(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)");
  }
}

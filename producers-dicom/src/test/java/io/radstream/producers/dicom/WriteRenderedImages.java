package io.radstream.producers.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the images for {@code benchmarks/reference/dicom-rendering}. */
final class WriteRenderedImages {

  private WriteRenderedImages() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    for (RenderedImage image : RenderedImage.all()) {
      Files.write(directory.resolve(image.name() + ".dcm"), image.file());
      Files.writeString(
          directory.resolve(image.name() + ".options"), String.join(" ", image.options()) + "\n");
    }
  }
}

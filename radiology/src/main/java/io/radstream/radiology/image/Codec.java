package io.radstream.radiology.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The platform's readers, one for each picture. */
enum Codec {
  PNG,
  JPEG;

  /** What is asked of a reader. */
  interface Reading<T> {

    T from(ImageReader reader) throws IOException;
  }

  <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
    ImageReader reader =
        ImageIO.getImageReadersByFormatName(name().toLowerCase(Locale.ROOT)).next();
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(input, true, true);
      return reading.from(reader);
    } finally {
      reader.dispose();
    }
  }
}

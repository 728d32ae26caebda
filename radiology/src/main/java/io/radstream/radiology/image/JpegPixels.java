package io.radstream.radiology.image;

import io.radstream.radiology.image.UnreadableImageException.Reason;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The components of a JPEG to gray. */
final class JpegPixels {

  /**
   * The one warning that costs no pixel: all were there, and more. The reader tells its first
   * warning only, so at any other marker others could be behind it. Worded so since 1998; were it
   * worded otherwise, such files would be refused.
   */
  private static final String UNTIDY_END = "extraneous bytes before marker 0xd9";

  private JpegPixels() {}

  /**
   * @throws IOException where the pixels are damaged or truncated
   */
  static GrayImage decode(JpegFile file) throws IOException {
    List<String> warnings = new ArrayList<>();
    Raster raster =
        Codec.JPEG.read(
            file.plain(),
            reader -> {
              reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
              return reader.readRaster(0, null);
            });
    if (!warnings.stream().allMatch(warning -> warning.endsWith(UNTIDY_END))) {
      throw new UnreadableImageException(Reason.UNDECODABLE, "image is damaged or truncated");
    }
    return file.orientation().apply(gray(file, raster));
  }

  private static GrayImage gray(JpegFile file, Raster raster) {
    int width = file.width();
    int bands = raster.getNumBands();
    byte[] pixels = new byte[width * file.height()];
    byte[] row = new byte[width * bands];
    for (int y = 0; y < file.height(); y++) {
      raster.getDataElements(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) file.colour().gray(row, x * bands);
      }
    }
    return new GrayImage(width, file.height(), pixels);
  }
}

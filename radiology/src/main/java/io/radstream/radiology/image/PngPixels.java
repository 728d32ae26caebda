package io.radstream.radiology.image;

import io.radstream.radiology.image.PngHeader.Colour;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The samples of a PNG to gray, without Java's idea of their colour: its gray is linear light. */
final class PngPixels {

  private final PngFile file;
  private final Colour colour;
  private final Raster raster;
  private final int bands;

  private PngPixels(PngFile file, Raster raster) {
    this.file = file;
    this.colour = file.header().colour();
    this.raster = raster;
    this.bands = raster.getNumBands();
  }

  /**
   * @throws IOException where the pixels are damaged or truncated
   */
  static GrayImage decode(PngFile file) throws IOException {
    BufferedImage image = Codec.PNG.read(file.plain(), reader -> reader.read(0));
    Raster raster = image.getRaster();
    PngHeader header = file.header();
    GrayImage gray =
        image.getType() == BufferedImage.TYPE_BYTE_GRAY && file.transparency().length == 0
            ? new GrayImage(
                header.width(),
                header.height(),
                ((DataBufferByte) raster.getDataBuffer()).getData())
            : new PngPixels(file, raster).gray();
    return file.orientation().apply(gray);
  }

  private GrayImage gray() {
    return switch (colour) {
      case PALETTE -> each(paletteShown());
      case GRAY, RGB, GRAY_ALPHA, RGB_ALPHA -> each(shown(scale()));
    };
  }

  /** What is seen of the pixel whose samples begin at an index. */
  private interface Shown {

    int at(int[] samples, int index);
  }

  private GrayImage each(Shown shown) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] pixels = new byte[width * height];
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) shown.at(row, x * bands);
      }
    }
    return new GrayImage(width, height, pixels);
  }

  /** An index behind the palette's end is black. */
  private Shown paletteShown() {
    byte[] palette = file.palette();
    byte[] alphas = file.transparency();
    int[] table = new int[Math.max(256, palette.length / 3)];
    for (int i = 0; i < palette.length / 3; i++) {
      int red = palette[3 * i] & 0xFF;
      int green = palette[3 * i + 1] & 0xFF;
      int blue = palette[3 * i + 2] & 0xFF;
      table[i] =
          Luma.onBlack(Luma.of(red, green, blue), i < alphas.length ? alphas[i] & 0xFF : 255);
    }
    return (samples, index) -> table[samples[index]];
  }

  private Shown shown(SampleScale scale) {
    boolean coloured = colour.channels() == 3;
    Shown alpha = alpha();
    return (samples, i) -> {
      int brightness =
          coloured
              ? Luma.of(
                  scale.toEight(samples[i]),
                  scale.toEight(samples[i + 1]),
                  scale.toEight(samples[i + 2]))
              : scale.toEight(samples[i]);
      return Luma.onBlack(brightness, alpha.at(samples, i));
    };
  }

  /** From 0, hidden, to 255. */
  private Shown alpha() {
    if (colour.hasAlpha()) {
      int last = bands - 1;
      int shift = file.header().depth() - 8;
      return (samples, index) -> samples[index + last] >>> shift;
    }
    if (file.transparency().length == 0) {
      return (samples, index) -> 255;
    }
    int[] hidden = new int[bands];
    ByteBuffer transparency = ByteBuffer.wrap(file.transparency());
    for (int band = 0; band < bands; band++) {
      hidden[band] = Short.toUnsignedInt(transparency.getShort());
    }
    return (samples, index) -> {
      for (int band = 0; band < bands; band++) {
        if (samples[index + band] != hidden[band]) {
          return 255;
        }
      }
      return 0;
    };
  }

  private SampleScale scale() {
    int depth = file.header().depth();
    return depth < 16
        ? new SampleScale(depth)
        : SampleScale.ofSixteen(brightest(), file.significantBits());
  }

  /** The largest sample of what is seen. */
  private int brightest() {
    Shown alpha = alpha();
    int channels = colour.channels();
    int most = 0;
    int[] row = new int[raster.getWidth() * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += bands) {
        for (int channel = 0; channel < channels && alpha.at(row, i) > 0; channel++) {
          most = Math.max(most, row[i + channel]);
        }
      }
    }
    return most;
  }
}

package io.radstream.radiology.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Writes a gray image as PNG, without loss. Each row is written as its difference from the row
 * above (filter type 2 of the PNG specification), and differences by their frequency alone: a
 * radiograph's noise repeats nothing that a longer search would find.
 */
public final class ImageEncoder {

  private static final byte UP = 2;

  private ImageEncoder() {}

  /** The same bytes for the same image, wherever zlib's Huffman codes are the same. */
  public static byte[] png(GrayImage image) {
    byte[] data = deflated(differences(image));
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 64);
    out.writeBytes(PngChunk.SIGNATURE);
    PngChunk.of("IHDR", header(image)).writeTo(out);
    PngChunk.of("IDAT", data).writeTo(out);
    PngChunk.of("IEND", new byte[0]).writeTo(out);
    return out.toByteArray();
  }

  /** 8 bits, gray; the only methods of compression, filtering and interlacing without passes. */
  private static byte[] header(GrayImage image) {
    return ByteBuffer.allocate(13)
        .putInt(image.width())
        .putInt(image.height())
        .put((byte) Byte.SIZE)
        .array();
  }

  private static byte[] differences(GrayImage image) {
    int width = image.width();
    byte[] pixels = image.pixels();
    byte[] rows = new byte[Math.addExact(pixels.length, image.height())];
    for (int y = 0; y < image.height(); y++) {
      int from = y * width;
      int to = from + y;
      rows[to] = UP;
      if (y == 0) {
        System.arraycopy(pixels, 0, rows, 1, width);
      } else {
        for (int x = 0; x < width; x++) {
          rows[to + 1 + x] = (byte) (pixels[from + x] - pixels[from - width + x]);
        }
      }
    }
    return rows;
  }

  private static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater();
    try {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(rows.length / 2 + 64);
      byte[] buffer = new byte[64 * 1024];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}

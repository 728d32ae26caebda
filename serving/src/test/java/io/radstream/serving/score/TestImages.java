package io.radstream.serving.score;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Images, usable and not. */
public final class TestImages {

  private TestImages() {}

  /** A PNG of one brightness, 0 to 255. */
  public static byte[] png(int side, int brightness) {
    return png(side, side, brightness);
  }

  /** A PNG of one brightness, 0 to 255. */
  public static byte[] png(int width, int height, int brightness) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) brightness);
    return ImageEncoder.png(new GrayImage(width, height, pixels));
  }

  /** A PNG of a ramp from black at the left to this brightness, 0 to 255, at the right. */
  public static byte[] ramp(int side, int brightness) {
    byte[] pixels = new byte[side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % side * brightness / (side - 1));
    }
    return ImageEncoder.png(new GrayImage(side, side, pixels));
  }

  public static byte[] white() {
    return png(64, 255);
  }

  public static byte[] black() {
    return png(64, 0);
  }

  public static byte[] truncatedJpeg() {
    BufferedImage image = new BufferedImage(200, 150, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 150; y++) {
      for (int x = 0; x < 200; x++) {
        image.getRaster().setSample(x, y, 0, x * 7 + y * 3 & 0xFF);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(out.toByteArray(), out.size() * 2 / 3);
  }

  /** A PNG that claims 30,000 × 30,000 pixels and holds none. */
  public static byte[] hugeHeader() {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataOutputStream ihdr = new DataOutputStream(chunk);
        DataOutputStream out = new DataOutputStream(file)) {
      ihdr.writeBytes("IHDR");
      ihdr.writeInt(30_000);
      ihdr.writeInt(30_000);
      ihdr.write(new byte[] {8, 0, 0, 0, 0});
      CRC32 crc = new CRC32();
      crc.update(chunk.toByteArray());
      out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
      out.writeInt(13);
      out.write(chunk.toByteArray());
      out.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}

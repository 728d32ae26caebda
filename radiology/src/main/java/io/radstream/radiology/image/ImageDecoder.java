package io.radstream.radiology.image;

import io.radstream.radiology.image.UnreadableImageException.Reason;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG bytes of unknown origin to 8-bit gray. The header is checked before a pixel
 * is decoded, so that a small file that claims to be huge costs nothing. Thread-safe.
 */
public final class ImageDecoder {

  /**
   * What is accepted.
   *
   * @param minSide shortest acceptable side, in pixels
   * @param maxPixels most pixels, width × height
   */
  public record Limits(int minSide, long maxPixels) {

    /** 32 pixels to 64 megapixels: from thumbnails to the largest radiography detectors. */
    public static final Limits DEFAULT = new Limits(32, 64_000_000);
  }

  private static final Set<String> FORMATS = Set.of("png", "jpeg");

  private final Limits limits;

  public ImageDecoder() {
    this(Limits.DEFAULT);
  }

  public ImageDecoder(Limits limits) {
    this.limits = limits;
  }

  /**
   * @throws UnreadableImageException where the bytes are not a whole PNG or JPEG within the limits
   */
  public GrayImage decode(byte[] bytes) throws UnreadableImageException {
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = readerFor(input);
      try {
        reader.setInput(input, true, true);
        checkSize(reader.getWidth(0), reader.getHeight(0));
        return toGray(readWhole(reader));
      } finally {
        reader.dispose();
      }
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO meets hostile files with many kinds of runtime exception.
      throw new UnreadableImageException(Reason.UNDECODABLE, "image is damaged or truncated");
    }
  }

  private static ImageReader readerFor(ImageInputStream input)
      throws IOException, UnreadableImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new UnreadableImageException(Reason.UNDECODABLE, "not a PNG or JPEG image");
  }

  private void checkSize(int width, int height) throws UnreadableImageException {
    if (Math.min(width, height) < limits.minSide()) {
      throw new UnreadableImageException(
          Reason.TOO_SMALL,
          "image is %d×%d pixels; at least %d on each side are needed"
              .formatted(width, height, limits.minSide()));
    }
    if ((long) width * height > limits.maxPixels()) {
      throw new UnreadableImageException(
          Reason.TOO_LARGE,
          "image is %d×%d pixels; at most %d are accepted"
              .formatted(width, height, limits.maxPixels()));
    }
  }

  private static BufferedImage readWhole(ImageReader reader) throws IOException {
    // A truncated JPEG is only warned of: the rest of the picture would be plain gray.
    AtomicBoolean warned = new AtomicBoolean();
    reader.addIIOReadWarningListener((source, warning) -> warned.set(true));
    BufferedImage image = reader.read(0);
    if (warned.get()) {
      throw new UnreadableImageException(Reason.UNDECODABLE, "image is damaged or truncated");
    }
    return image;
  }

  private static GrayImage toGray(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      return new GrayImage(width, height, bytesOf(image));
    }
    if (image.getType() == BufferedImage.TYPE_USHORT_GRAY) {
      return fromSixteenBits(image);
    }
    return new GrayImage(width, height, luma(image));
  }

  private static byte[] bytesOf(BufferedImage image) {
    DataBuffer buffer = image.getRaster().getDataBuffer();
    return ((DataBufferByte) buffer).getData();
  }

  private static GrayImage fromSixteenBits(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] samples = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
    byte[] pixels = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      pixels[i] = (byte) (samples[i] >>> 8);
    }
    return new GrayImage(width, height, pixels);
  }

  /** ITU-R BT.601 luma over black; a gray picture stored as RGB keeps its values exactly. */
  private static byte[] luma(BufferedImage image) {
    BufferedImage rgb = overBlack(image);
    int width = rgb.getWidth();
    int height = rgb.getHeight();
    byte[] pixels = new byte[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      rgb.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int red = row[x] >> 16 & 0xFF;
        int green = row[x] >> 8 & 0xFF;
        int blue = row[x] & 0xFF;
        pixels[y * width + x] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
      }
    }
    return pixels;
  }

  private static BufferedImage overBlack(BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return image;
    }
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return opaque;
  }
}

package io.radstream.radiology.image;

import io.radstream.radiology.image.UnreadableImageException.Reason;
import java.io.IOException;

/**
 * Decodes PNG and JPEG bytes of unknown origin to 8-bit gray, as a viewer would show them: the
 * values that the file holds, upright, transparent parts on black. Headers are checked before a
 * pixel is decoded, so that a small file that claims to be huge costs nothing. Thread-safe.
 *
 * <p>The platform's readers unpack the pixels only. What they would add, by colour profile, gamma
 * or guess, is kept from them: they are handed the picture's data without the rest of the file.
 */
public final class ImageDecoder {

  /** Rises when the values of any picture change: what is kept decoded is kept under it. */
  public static final int VERSION = 2;

  /**
   * What is accepted, the same wherever a picture is decoded. No side may be more than {@value
   * #MOST_ELONGATED} times the other: what is made smaller stays within its limits.
   *
   * @param minSide shortest acceptable side, in pixels
   * @param maxPixels most pixels, width × height
   */
  public record Limits(int minSide, long maxPixels) {

    /** 32 pixels to 64 megapixels: from thumbnails to the largest radiography detectors. */
    public static final Limits DEFAULT = new Limits(32, 64_000_000);

    /** Most times that the longer side may be the shorter one. */
    public static final int MOST_ELONGATED = 16;

    /**
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @throws UnreadableImageException where a picture of this size is not accepted
     */
    public void check(int width, int height) throws UnreadableImageException {
      int shorter = Math.min(width, height);
      if (shorter < minSide) {
        throw refused(
            Reason.TOO_SMALL, width, height, "at least %d on each side are needed", minSide);
      }
      if (Math.max(width, height) > (long) MOST_ELONGATED * shorter) {
        throw refused(
            Reason.TOO_SMALL,
            width,
            height,
            "the longer side may be at most %d times the shorter",
            MOST_ELONGATED);
      }
      if ((long) width * height > maxPixels) {
        throw refused(Reason.TOO_LARGE, width, height, "at most %d are accepted", maxPixels);
      }
    }

    /**
     * Shrinks an image within these limits to one within them: to a longest side of {@code side}
     * pixels, or where that would leave the shorter side under {@link #minSide()}, to that. Never
     * enlarges.
     */
    public GrayImage shrink(GrayImage image, int side) {
      int longer = image.longestSide();
      int shorter = Math.min(image.width(), image.height());
      double scale = Math.max((double) side / longer, (double) minSide / shorter);
      if (scale >= 1) {
        return image;
      }
      int length = (int) Math.round(longer * scale);
      // Rounding must not make the picture more elongated than it was.
      int least = Math.max(minSide, (length + MOST_ELONGATED - 1) / MOST_ELONGATED);
      int breadth = Math.max(least, (int) Math.round(shorter * scale));
      return image.width() >= image.height()
          ? AreaResize.to(image, length, breadth)
          : AreaResize.to(image, breadth, length);
    }

    private static UnreadableImageException refused(
        Reason reason, int width, int height, String needed, long limit) {
      return new UnreadableImageException(
          reason, "image is %d×%d pixels; ".formatted(width, height) + needed.formatted(limit));
    }
  }

  private final Limits limits;

  public ImageDecoder() {
    this(Limits.DEFAULT);
  }

  public ImageDecoder(Limits limits) {
    this.limits = limits;
  }

  /**
   * Whether the bytes can be decoded, for whoever needs no pixels: the same verdict as of {@link
   * #decode}, in a fraction of its time for a PNG as Radstream writes it.
   *
   * @throws UnreadableImageException as {@link #decode} does
   */
  public void check(byte[] bytes) throws UnreadableImageException {
    if (!PlainPng.isSound(bytes, limits)) {
      decode(bytes);
    }
  }

  /**
   * @throws UnreadableImageException where the bytes are not a whole PNG or JPEG within the limits
   */
  public GrayImage decode(byte[] bytes) throws UnreadableImageException {
    try {
      if (PngFile.signs(bytes)) {
        return PngPixels.decode(PngFile.read(bytes, limits));
      }
      if (JpegFile.signs(bytes)) {
        return JpegPixels.decode(JpegFile.read(bytes, limits));
      }
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO meets hostile files with many kinds of runtime exception.
      throw new UnreadableImageException(Reason.UNDECODABLE, "image is damaged or truncated");
    }
    throw new UnreadableImageException(Reason.UNDECODABLE, "not a PNG or JPEG image");
  }
}

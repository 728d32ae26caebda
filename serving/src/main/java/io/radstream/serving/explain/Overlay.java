package io.radstream.serving.explain;

import io.radstream.evaluation.boxes.Box;
import io.radstream.model.explain.PatchMap;
import io.radstream.radiology.image.ModelInput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A view as the network saw it, with a map laid over in fuchsia, the darker the higher, and boxes
 * in green, as in the paper's figure 3.
 */
public final class Overlay {

  /** Smaller views are drawn larger, by a whole number. */
  private static final int LEAST_SIDE = 256;

  private static final int GREEN = 0x00C000;
  private static final double OPACITY = 0.6;
  private static final int[] FUCHSIA = {192, 0, 160};

  private final float[] pixels;
  private final int side;
  private final int scale;

  /**
   * @param pixels of the network's three views
   * @param side of a view
   */
  public Overlay(float[] pixels, int side) {
    this.pixels = pixels;
    this.side = side;
    this.scale = Math.max(1, (LEAST_SIDE + side - 1) / side);
  }

  /**
   * @param view 0 to 2
   * @param boxes in parts of what the network saw
   * @return an RGB PNG
   */
  public byte[] png(int view, PatchMap map, List<Box> boxes) {
    int size = side * scale;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float gray = pixels[view * side * side + y / scale * side + x / scale];
        double brightness = gray * ModelInput.DEVIATION + ModelInput.MEAN;
        image.setRGB(x, y, colour(brightness, map.at((x + 0.5) / size, (y + 0.5) / size)));
      }
    }
    boxes.forEach(box -> draw(image, box));
    return encoded(image);
  }

  /**
   * @param gray brightness, 0 to 255
   * @param value of the map, 0 to 1
   */
  static int colour(double gray, float value) {
    double brightness = Math.max(0, Math.min(255, gray));
    double share = OPACITY * value;
    int colour = 0;
    for (int channel : FUCHSIA) {
      colour = colour << Byte.SIZE | (int) Math.round(brightness * (1 - share) + channel * share);
    }
    return colour;
  }

  private static void draw(BufferedImage image, Box box) {
    int size = image.getWidth();
    int left = pixel(box.left(), size);
    int top = pixel(box.top(), size);
    int right = pixel(box.left() + box.width(), size);
    int bottom = pixel(box.top() + box.height(), size);
    for (int x = left; x <= right; x++) {
      image.setRGB(x, top, GREEN);
      image.setRGB(x, bottom, GREEN);
    }
    for (int y = top; y <= bottom; y++) {
      image.setRGB(left, y, GREEN);
      image.setRGB(right, y, GREEN);
    }
  }

  private static int pixel(double place, int size) {
    return Math.max(0, Math.min(size - 1, (int) Math.round(place * size)));
  }

  private static byte[] encoded(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("the JDK writes no PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

package io.radstream.serving.explain;

import io.radstream.model.explain.PatchMap;
import io.radstream.radiology.image.AreaResize;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;

/**
 * A whole view, with a map laid over the part of it that the network saw, in the colours of {@link
 * Overlay}. What the network did not see is left as it is.
 *
 * @param side of what the network saw of a view, in pixels
 */
public record MappedPicture(GrayImage view, PatchMap map, int side) {

  private static final int LEAST_LONG_SIDE = 512;
  private static final int MOST_LONG_SIDE = 1024;
  private static final int CHANNELS = 3;

  /** Of a picture that is drawn, in the proportions of the view. */
  public int width() {
    return scaled(view.width());
  }

  /** The same downwards. */
  public int height() {
    return scaled(view.height());
  }

  private int scaled(int length) {
    int longest = view.longestSide();
    int wanted = Math.max(LEAST_LONG_SIDE, Math.min(MOST_LONG_SIDE, longest));
    return Math.max(1, Math.round((float) length * wanted / longest));
  }

  /** Red, green and blue of each pixel, row by row. */
  public byte[] rgb() {
    int width = width();
    int height = height();
    GrayImage drawn = AreaResize.to(view, width, height);
    byte[] rgb = new byte[CHANNELS * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int colour = Overlay.colour(drawn.at(x, y), value((x + 0.5) / width, (y + 0.5) / height));
        int at = CHANNELS * (y * width + x);
        rgb[at] = (byte) (colour >>> (2 * Byte.SIZE));
        rgb[at + 1] = (byte) (colour >>> Byte.SIZE);
        rgb[at + 2] = (byte) colour;
      }
    }
    return rgb;
  }

  private float value(double x, double y) {
    ModelInput input = new ModelInput(side);
    double from = input.sent(0);
    double length = input.sent(1) - from;
    double column = (x - from) / length;
    double row = (y - from) / length;
    boolean seen = column >= 0 && column <= 1 && row >= 0 && row <= 1;
    return seen ? map.at(column, row) : 0;
  }
}

package io.radstream.radiology.image;

/**
 * A radiograph as the network sees it: resized to a square, the middle cropped out, brightness
 * centred (paper, section 4: resize to 256, crop 224, here in the same proportion for any size).
 *
 * @param size side of the network's input, in pixels
 */
public record ModelInput(int size) {

  /** Brightness that becomes 0. */
  public static final float MEAN = 127.5f;

  /** Brightness above the mean that becomes 1. */
  public static final float DEVIATION = 63.75f;

  private static final double RESIZE = 256.0 / 224.0;

  /** Side of the square that crops are taken from. */
  public int resizedSide() {
    return (int) Math.round(size * RESIZE);
  }

  /** The whole radiograph, squeezed into a square that crops are taken from. */
  public GrayImage resize(GrayImage image) {
    return AreaResize.to(image, resizedSide(), resizedSide());
  }

  /** The central crop, normalised: size × size values, row by row. */
  public float[] center(GrayImage image) {
    GrayImage square = resize(image);
    int margin = (square.width() - size) / 2;
    float[] values = new float[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        values[y * size + x] = normalise(square.at(x + margin, y + margin));
      }
    }
    return values;
  }

  /**
   * Where in the radiograph a place of the central crop lies, across or down.
   *
   * @param place 0 to 1, in parts of the crop's side
   * @return in parts of the radiograph's width, or height
   */
  public double sent(double place) {
    int margin = (resizedSide() - size) / 2;
    return (margin + place * size) / resizedSide();
  }

  /** Brightness 0 to 255, to about zero mean and unit deviation: −2 to 2. */
  public static float normalise(float brightness) {
    return (brightness - MEAN) / DEVIATION;
  }
}

package io.radstream.radiology.image;

/**
 * How a picture is turned to stand upright, by EXIF's numbers. Those that mirror are obeyed as
 * well: whoever wrote them said that the picture is to be seen so, and viewers show it so.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  TURNED_LEFT(true, true, false);

  private final boolean transposes;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(boolean transposes, boolean fromRight, boolean fromBottom) {
    this.transposes = transposes;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /**
   * @param number EXIF's, from 1; any other says nothing
   */
  static Orientation of(int number) {
    return number >= 1 && number <= values().length ? values()[number - 1] : UPRIGHT;
  }

  GrayImage apply(GrayImage image) {
    if (this == UPRIGHT) {
      return image;
    }
    int width = transposes ? image.height() : image.width();
    int height = transposes ? image.width() : image.height();
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = transposes ? y : x;
        int row = transposes ? x : y;
        pixels[y * width + x] =
            (byte)
                image.at(
                    fromRight ? image.width() - 1 - column : column,
                    fromBottom ? image.height() - 1 - row : row);
      }
    }
    return new GrayImage(width, height, pixels);
  }
}

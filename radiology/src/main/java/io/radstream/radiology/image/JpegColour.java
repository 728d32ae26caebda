package io.radstream.radiology.image;

/** What the components of a JPEG's pixel are. */
enum JpegColour {
  GRAY {
    @Override
    int gray(byte[] components, int index) {
      return components[index] & 0xFF;
    }
  },
  RGB {
    @Override
    int gray(byte[] components, int index) {
      return Luma.of(
          components[index] & 0xFF, components[index + 1] & 0xFF, components[index + 2] & 0xFF);
    }
  },
  YCC {
    @Override
    int gray(byte[] components, int index) {
      int rgb = rgb(components, index);
      return Luma.of(rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF);
    }
  },
  /** As Adobe writes it: 255 is no ink. */
  CMYK {
    @Override
    int gray(byte[] components, int index) {
      return Luma.onBlack(RGB.gray(components, index), components[index + 3] & 0xFF);
    }
  },
  /** Adobe's CMYK, whose first three are what YCC is of their opposites. */
  YCCK {
    @Override
    int gray(byte[] components, int index) {
      int rgb = rgb(components, index);
      return Luma.onBlack(
          Luma.of(255 - (rgb >> 16), 255 - ((rgb >> 8) & 0xFF), 255 - (rgb & 0xFF)),
          components[index + 3] & 0xFF);
    }
  };

  private static final int HALF = 1 << 15;

  /**
   * Brightness of a pixel, 0 to 255.
   *
   * @param index of its first component
   */
  abstract int gray(byte[] components, int index);

  /** In 16-bit fixed point, to the bit as the JPEG group's library computes it. */
  private static int rgb(byte[] components, int index) {
    int y = components[index] & 0xFF;
    int blueness = (components[index + 1] & 0xFF) - 128;
    int redness = (components[index + 2] & 0xFF) - 128;
    int red = clamp(y + ((91881 * redness + HALF) >> 16));
    int green = clamp(y + ((-22554 * blueness - 46802 * redness + HALF) >> 16));
    int blue = clamp(y + ((116130 * blueness + HALF) >> 16));
    return red << 16 | green << 8 | blue;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}

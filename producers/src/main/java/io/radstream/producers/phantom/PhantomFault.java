package io.radstream.producers.phantom;

import io.radstream.radiology.image.GrayImage;

/** What is wrong with the pictures that a hospital sends; reports and labels are right. */
public enum PhantomFault {
  NONE,

  /** Left is where right should be. */
  WRONG_SIDES,

  /** Black is where white should be. */
  INVERTED;

  private static final int WHITE = 255;

  GrayImage apply(GrayImage image) {
    return switch (this) {
      case NONE -> image;
      case WRONG_SIDES -> mirrored(image);
      case INVERTED -> inverted(image);
    };
  }

  private static GrayImage mirrored(GrayImage image) {
    byte[] pixels = new byte[image.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      int column = i % image.width();
      pixels[i] = image.pixels()[i - column + image.width() - 1 - column];
    }
    return new GrayImage(image.width(), image.height(), pixels);
  }

  private static GrayImage inverted(GrayImage image) {
    byte[] pixels = new byte[image.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (WHITE - Byte.toUnsignedInt(image.pixels()[i]));
    }
    return new GrayImage(image.width(), image.height(), pixels);
  }
}

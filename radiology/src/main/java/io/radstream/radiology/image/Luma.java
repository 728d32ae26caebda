package io.radstream.radiology.image;

/** Brightness of a colour, as ITU-R BT.601 weighs it; of a gray one exactly its value. */
final class Luma {

  private Luma() {}

  /** Of values from 0 to 255. */
  static int of(int red, int green, int blue) {
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }

  /**
   * What is seen of a brightness on black.
   *
   * @param alpha from 0, nothing, to 255, all of it
   */
  static int onBlack(int brightness, int alpha) {
    return (brightness * alpha + 127) / 255;
  }
}

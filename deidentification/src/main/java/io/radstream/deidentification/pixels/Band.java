package io.radstream.deidentification.pixels;

/**
 * The margin of a picture, where devices write.
 *
 * @param width of the picture
 * @param height of the picture
 * @param across how wide the margin is at the left and right, in pixels
 * @param down how high it is at the top and bottom, in pixels
 */
record Band(int width, int height, int across, int down) {

  boolean has(int x, int y) {
    boolean inside = x >= 0 && y >= 0 && x < width && y < height;
    return inside && (x < across || x >= width - across || y < down || y >= height - down);
  }
}

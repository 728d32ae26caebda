package io.radstream.producers.dicom.codec;

/**
 * What a picture is said to be.
 *
 * @param width in pixels
 * @param height in pixels
 * @param samples of a pixel
 */
public record Shape(int width, int height, int samples) {

  long cells() {
    return (long) width * height * samples;
  }
}

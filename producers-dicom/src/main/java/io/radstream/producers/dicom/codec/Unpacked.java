package io.radstream.producers.dicom.codec;

/**
 * A picture as numbers, row by row, the samples of a pixel together in the order of the codestream.
 *
 * @param cellBytes of a number: 1, or 2 with the lower byte first
 * @param colours what three samples are
 */
@SuppressWarnings("ArrayRecordComponent") // read once; nobody compares it
public record Unpacked(int cellBytes, byte[] cells, ColourModel colours) {

  private static final int COLOURS = 3;

  /** From what OpenCV's decoder gives back: blue, green, red, or planes as they are coded. */
  static Unpacked of(byte[] codestream, Shape shape, int cellBytes, byte[] decoded) {
    if (shape.samples() != COLOURS) {
      return new Unpacked(cellBytes, decoded, ColourModel.UNSTATED);
    }
    CodestreamColours colours = CodestreamColours.of(codestream);
    byte[] cells = new byte[decoded.length];
    int pixels = shape.width() * shape.height();
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int sample = 0; sample < COLOURS; sample++) {
        int from =
            colours.inPlanes() ? sample * pixels + pixel : pixel * COLOURS + (COLOURS - 1 - sample);
        int to = pixel * COLOURS + sample;
        System.arraycopy(decoded, from * cellBytes, cells, to * cellBytes, cellBytes);
      }
    }
    return new Unpacked(cellBytes, cells, colours.model());
  }
}

package io.radstream.radiology.image;

import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.radiology.image.PngHeader.Colour;
import java.util.Optional;

/**
 * Reads a PNG as {@link ImageEncoder} writes it: gray, 8 bits, its pixels in one chunk and nothing
 * beside them, each row the difference from the row above. That is what lies on the topics, and the
 * platform's reader would take three times as long. Says nothing of any other file.
 */
final class OwnPng {

  private static final int INTERLACE = 12;

  /** A byte takes at least one bit. */
  private static final int MOST_PACKED = Byte.SIZE;

  private OwnPng() {}

  /** Empty also where this class cannot tell. */
  static Optional<GrayImage> decode(byte[] file, Limits limits) {
    try {
      return PngFile.signs(file) ? decode(new PngChunk.Sequence(file), limits) : Optional.empty();
    } catch (UnreadableImageException e) {
      return Optional.empty();
    }
  }

  private static Optional<GrayImage> decode(PngChunk.Sequence chunks, Limits limits)
      throws UnreadableImageException {
    Optional<PngChunk> first = chunks.next();
    Optional<PngHeader> header = first.isPresent() ? plain(first.get()) : Optional.empty();
    Optional<PngChunk> data = chunks.next().filter(chunk -> chunk.is("IDAT"));
    if (header.isEmpty() || data.isEmpty() || chunks.next().isPresent() || !data.get().isSound()) {
      return Optional.empty();
    }
    int width = header.get().width();
    int height = header.get().height();
    limits.check(width, height);
    long rows = (width + 1L) * height;
    if (rows / MOST_PACKED > data.get().length()) {
      return Optional.empty();
    }
    byte[] unpacked = new byte[Math.toIntExact(rows) + LiteralStream.SLACK];
    return data.get().unpack(unpacked) ? summed(unpacked, width, height) : Optional.empty();
  }

  private static Optional<PngHeader> plain(PngChunk chunk) throws UnreadableImageException {
    Optional<byte[]> content = chunk.is("IHDR") ? chunk.content() : Optional.empty();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    PngHeader header = PngHeader.read(content.get());
    boolean plain =
        header.colour() == Colour.GRAY
            && header.depth() == Byte.SIZE
            && content.get()[INTERLACE] == 0;
    return plain ? Optional.of(header) : Optional.empty();
  }

  /** Empty where a row has another filter. */
  private static Optional<GrayImage> summed(byte[] rows, int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int from = y * (width + 1);
      if (rows[from] != ImageEncoder.UP) {
        return Optional.empty();
      }
      int to = y * width;
      System.arraycopy(rows, from + 1, pixels, to, width);
      if (y > 0) {
        add(pixels, to - width, to, width);
      }
    }
    return Optional.of(new GrayImage(width, height, pixels));
  }

  private static void add(byte[] pixels, int above, int row, int width) {
    for (int x = 0; x < width; x++) {
      pixels[row + x] += pixels[above + x];
    }
  }
}

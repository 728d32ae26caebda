package io.radstream.radiology.image;

import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.radiology.image.PngHeader.Colour;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a PNG file says of its picture. The chunks that its values hang on are taken, and must be
 * whole; all others are passed over unread, so that a broken one does no harm and a large one costs
 * nothing.
 *
 * @param palette red, green and blue of each index; empty where there is none
 * @param transparency the chunk tRNS; empty where there is none
 * @param significantBits of 16 in a sample, as the chunk sBIT says; empty where it says nothing
 * @param plain a PNG of the same pixels, without all of these
 */
record PngFile(
    PngHeader header,
    byte[] palette,
    byte[] transparency,
    Optional<Integer> significantBits,
    Orientation orientation,
    byte[] plain) {

  /** Whether a file begins as a PNG does. */
  static boolean signs(byte[] bytes) {
    int length = PngChunk.SIGNATURE.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, PngChunk.SIGNATURE, 0, length);
  }

  /**
   * @throws UnreadableImageException where the file is truncated or damaged, or the picture is not
   *     within the limits
   */
  static PngFile read(byte[] bytes, Limits limits) throws UnreadableImageException {
    return new Reading(bytes, limits).file();
  }

  /** One pass over the chunks. */
  private static final class Reading {

    private final PngChunk.Sequence chunks;
    private final PngChunk first;
    private final PngHeader header;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private byte[] palette = {};
    private byte[] transparency = {};
    private Optional<Integer> significantBits = Optional.empty();
    private Orientation orientation = Orientation.UPRIGHT;

    Reading(byte[] bytes, Limits limits) throws UnreadableImageException {
      chunks = new PngChunk.Sequence(bytes);
      first =
          chunks
              .next()
              .filter(chunk -> chunk.is("IHDR"))
              .orElseThrow(() -> UnreadableImageException.damaged("its PNG header is missing"));
      header = PngHeader.read(first.whole());
      limits.check(header.width(), header.height());
    }

    PngFile file() throws UnreadableImageException {
      Optional<PngChunk> chunk = chunks.next();
      while (chunk.isPresent()) {
        take(chunk.get());
        chunk = chunks.next();
      }
      if (data.size() == 0) {
        throw UnreadableImageException.truncated("no pixels are there");
      }
      if (header.colour() == Colour.PALETTE && palette.length == 0) {
        throw UnreadableImageException.damaged("its palette is missing");
      }
      return new PngFile(header, palette, transparency, significantBits, orientation, plain());
    }

    private void take(PngChunk chunk) throws UnreadableImageException {
      boolean before = data.size() == 0;
      switch (chunk.type()) {
        case "IDAT" -> data.writeBytes(chunk.whole());
        case "PLTE" -> takePalette(chunk.whole(), before);
        case "tRNS" -> takeTransparency(chunk, before);
        case "sBIT" -> takeSignificantBits(chunk, before);
        case "eXIf" -> chunk.content().map(Exif::orientation).ifPresent(it -> orientation = it);
        default -> {
          if (chunk.critical()) {
            throw UnreadableImageException.unsupported(
                "a PNG with a needed chunk that is not known, or a second header");
          }
        }
      }
    }

    private void takePalette(byte[] content, boolean before) throws UnreadableImageException {
      if (header.colour() == Colour.PALETTE && before) {
        if (content.length == 0 || content.length % 3 != 0) {
          throw UnreadableImageException.damaged("its palette has a part of a colour");
        }
        palette = content;
      }
    }

    private void takeTransparency(PngChunk chunk, boolean before) throws UnreadableImageException {
      if (before && !header.colour().hasAlpha()) {
        byte[] content = chunk.whole();
        if (header.colour() != Colour.PALETTE && content.length != 2 * header.colour().channels()) {
          throw UnreadableImageException.damaged("its transparent colour makes no sense");
        }
        transparency = content;
      }
    }

    private void takeSignificantBits(PngChunk chunk, boolean before)
        throws UnreadableImageException {
      if (before && header.depth() == 16) {
        byte[] content = chunk.whole();
        int most = 0;
        for (int i = 0; i < Math.min(content.length, header.colour().channels()); i++) {
          most = Math.max(most, content[i]);
        }
        significantBits = most > 0 && most < 16 ? Optional.of(most) : Optional.empty();
      }
    }

    private byte[] plain() {
      ByteArrayOutputStream out = new ByteArrayOutputStream(data.size() + 1024);
      out.writeBytes(PngChunk.SIGNATURE);
      first.writeTo(out);
      if (header.colour() == Colour.PALETTE) {
        // The indices are asked for, not the colours; so none is out of its bounds.
        PngChunk.of("PLTE", new byte[3 << header.depth()]).writeTo(out);
      }
      PngChunk.of("IDAT", data.toByteArray()).writeTo(out);
      PngChunk.of("IEND", new byte[0]).writeTo(out);
      return out.toByteArray();
    }
  }
}

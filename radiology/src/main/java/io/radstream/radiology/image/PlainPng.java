package io.radstream.radiology.image;

import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.radiology.image.PngHeader.Colour;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Proves that a PNG of the plainest kind can be decoded, without decoding it: gray, 8 bits, not
 * interlaced, and nothing in it but pixels. Its checksums are right, and what it unpacks to is
 * exactly as long as its rows are, each behind a filter that exists; then no value in it can make
 * decoding fail. Says nothing of any other file.
 */
final class PlainPng {

  private static final int BUFFER = 64 * 1024;
  private static final int INTERLACE = 12;
  private static final int LAST_FILTER = 4;

  private final PngChunk.Sequence chunks;
  private final Inflater inflater;
  private final byte[] buffer = new byte[BUFFER];
  private long row;
  private long unpacked;

  private PlainPng(PngChunk.Sequence chunks, Inflater inflater) {
    this.chunks = chunks;
    this.inflater = inflater;
  }

  /** False also where this class cannot tell. */
  static boolean isSound(byte[] bytes, Limits limits) {
    if (!PngFile.signs(bytes)) {
      return false;
    }
    Inflater inflater = new Inflater();
    try {
      return new PlainPng(new PngChunk.Sequence(bytes), inflater).isSound(limits);
    } catch (UnreadableImageException | DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  private boolean isSound(Limits limits) throws UnreadableImageException, DataFormatException {
    Optional<PngHeader> header = header();
    if (header.isEmpty()) {
      return false;
    }
    limits.check(header.get().width(), header.get().height());
    row = header.get().width() + 1L;
    long expected = row * header.get().height();
    for (Optional<PngChunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
      if (inflater.finished() || !isPixels(next.get()) || !unpack(next.get(), expected)) {
        return false;
      }
    }
    return inflater.finished() && inflater.getRemaining() == 0 && unpacked == expected;
  }

  private Optional<PngHeader> header() throws UnreadableImageException {
    Optional<byte[]> content =
        chunks.next().filter(chunk -> chunk.is("IHDR")).flatMap(PngChunk::content);
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

  private static boolean isPixels(PngChunk chunk) {
    return chunk.is("IDAT") && chunk.isSound();
  }

  private boolean unpack(PngChunk chunk, long expected) throws DataFormatException {
    chunk.feed(inflater);
    int length = inflater.inflate(buffer);
    while (length > 0) {
      if (!hasFilters(length)) {
        return false;
      }
      unpacked += length;
      if (unpacked > expected) {
        return false;
      }
      length = inflater.inflate(buffer);
    }
    return !inflater.needsDictionary();
  }

  /** A row begins with the number of its filter. */
  private boolean hasFilters(int length) {
    long first = (row - unpacked % row) % row;
    for (long at = first; at < length; at += row) {
      if (buffer[(int) at] < 0 || buffer[(int) at] > LAST_FILTER) {
        return false;
      }
    }
    return true;
  }
}

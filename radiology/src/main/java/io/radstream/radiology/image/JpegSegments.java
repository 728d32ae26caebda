package io.radstream.radiology.image;

import io.radstream.radiology.image.ImageDecoder.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/** One pass over the segments of a JPEG, from its start to its end marker. */
final class JpegSegments {

  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;

  /**
   * Each scan of a progressive picture costs a pass over all of it, however small it is in the
   * file. Encoders write about ten.
   */
  private static final int MOST_SCANS = 32;

  /** Says: three or four components, not converted. */
  private static final byte[] UNCONVERTED = {
    (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private final ByteBuffer input;
  private final Limits limits;
  private final ByteArrayOutputStream plain;
  private JpegFrame frame;
  private boolean jfif;
  private OptionalInt adobe = OptionalInt.empty();
  private Orientation orientation;
  private int scans;

  JpegSegments(byte[] bytes, Limits limits) {
    this.input = ByteBuffer.wrap(bytes);
    this.limits = limits;
    this.plain = new ByteArrayOutputStream(bytes.length);
  }

  JpegFile file() throws UnreadableImageException {
    input.position(2);
    mark(START);
    plain.writeBytes(UNCONVERTED);
    for (int marker = next(); marker != END; marker = next()) {
      take(marker);
    }
    mark(END);
    if (scans == 0) {
      throw UnreadableImageException.damaged("no pixels are there");
    }
    return new JpegFile(
        frame.width(),
        frame.height(),
        frame.colour(jfif, adobe),
        orientation == null ? Orientation.UPRIGHT : orientation,
        plain.toByteArray());
  }

  /** The next marker; what stands before it belongs to nothing. */
  private int next() throws UnreadableImageException {
    int marker = 0;
    while (marker == 0) {
      while (octet() != 0xFF) {}
      do {
        marker = octet();
      } while (marker == 0xFF);
    }
    return marker;
  }

  private int octet() throws UnreadableImageException {
    if (!input.hasRemaining()) {
      throw truncated();
    }
    return input.get() & 0xFF;
  }

  private void take(int marker) throws UnreadableImageException {
    if (alone(marker)) {
      return;
    }
    if (JpegFrame.begins(marker)) {
      takeFrame(marker, segment());
      return;
    }
    switch (marker) {
      case 0xC4, 0xDB, 0xDD -> keep(marker, segment()); // tables, restart interval
      case SCAN -> takeScan(segment());
      case 0xE0 -> jfif |= startsWith(segment(), "JFIF\0", 14);
      case 0xE1 -> takeExif(segment());
      case 0xEE -> takeAdobe(segment());
      default -> {
        boolean remark = marker == 0xFE || marker == 0xDC || marker == 0xCC;
        if (!remark && (marker < 0xE0 || marker > 0xEF)) {
          throw UnreadableImageException.damaged("its JPEG segments make no sense");
        }
        segment();
      }
    }
  }

  /** Restart and temporary markers, which have no segment. */
  private static boolean alone(int marker) {
    return marker == 0x01 || restarts(marker);
  }

  private static boolean restarts(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
  }

  /** What a segment holds behind its length. */
  private byte[] segment() throws UnreadableImageException {
    int length = ((octet() << 8) | octet()) - Short.BYTES;
    if (length < 0) {
      throw UnreadableImageException.damaged("its JPEG segments make no sense");
    }
    if (length > input.remaining()) {
      throw truncated();
    }
    byte[] content = new byte[length];
    input.get(content);
    return content;
  }

  private void takeFrame(int marker, byte[] segment) throws UnreadableImageException {
    if (frame != null) {
      throw UnreadableImageException.damaged("it has two JPEG headers");
    }
    frame = JpegFrame.read(marker, segment);
    limits.check(frame.width(), frame.height());
    keep(marker, segment);
  }

  private void takeScan(byte[] segment) throws UnreadableImageException {
    if (frame == null) {
      throw UnreadableImageException.damaged("its JPEG header is missing");
    }
    scans++;
    if (scans > MOST_SCANS) {
      throw UnreadableImageException.unsupported("a JPEG of more than " + MOST_SCANS + " scans");
    }
    keep(SCAN, segment);
    int start = input.position();
    int end = endOfScan(input.array(), start);
    plain.write(input.array(), start, end - start);
    input.position(end);
  }

  /** Where the first marker stands that does not belong to the scan. */
  private static int endOfScan(byte[] bytes, int start) throws UnreadableImageException {
    int position = start;
    while (position < bytes.length) {
      if (bytes[position] == (byte) 0xFF) {
        int end = position;
        while (position < bytes.length && bytes[position] == (byte) 0xFF) {
          position++;
        }
        int marker = position < bytes.length ? bytes[position] & 0xFF : 0;
        if (marker != 0 && !restarts(marker)) {
          return end;
        }
      }
      position++;
    }
    throw truncated();
  }

  private void takeExif(byte[] segment) {
    if (orientation == null && Exif.signs(segment)) {
      orientation = Exif.orientation(segment);
    }
  }

  private void takeAdobe(byte[] segment) {
    if (startsWith(segment, "Adobe", 12)) {
      adobe = OptionalInt.of(segment[11] & 0xFF);
    }
  }

  private static boolean startsWith(byte[] segment, String name, int least) {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    return segment.length >= least
        && Arrays.equals(segment, 0, letters.length, letters, 0, letters.length);
  }

  private void mark(int marker) {
    plain.write(0xFF);
    plain.write(marker);
  }

  private void keep(int marker, byte[] segment) {
    mark(marker);
    plain.write((segment.length + Short.BYTES) >> 8);
    plain.write(segment.length + Short.BYTES);
    plain.writeBytes(segment);
  }

  private static UnreadableImageException truncated() {
    return UnreadableImageException.truncated("its JPEG has no end marker");
  }
}

package io.radstream.producers.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a codestream says of its colours. The decoder gives back what is coded, without making one
 * kind of colours of another; but for JPEG 2000, where it undoes the transform of components.
 */
final class CodestreamColours {

  private static final int JPEG_START = 0xFFD8;
  private static final int JPEG_2000_START = 0xFF4F_FF51;
  private static final int JPEG_2000_CODING = 0xFF52;
  private static final int JPEG_2000_TILE = 0xFF90;
  private static final int SCAN = 0xDA;
  private static final int FIRST_APPLICATION = 0xE0;
  private static final int JFIF_BYTES = 14;
  private static final int ADOBE = 0xEE;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int JPEG_LS_FRAME = 0xF7;

  private final ByteBuffer bytes;
  private ColourModel model = ColourModel.UNSTATED;
  private boolean lossy;
  private boolean shared;
  private boolean jpegLs;
  private int scanned;

  private CodestreamColours(byte[] codestream) {
    this.bytes = ByteBuffer.wrap(codestream);
  }

  static CodestreamColours of(byte[] codestream) {
    CodestreamColours colours = new CodestreamColours(codestream);
    if (codestream.length > 4 && colours.shortAt(0) == JPEG_START) {
      colours.readJpeg();
    } else {
      colours.readJpeg2000();
    }
    return colours;
  }

  /**
   * Of lossy JPEG by its marks for this; without one, no encoder lets two pixels share green. The
   * other kinds keep what they are given, and marks that they have may be leftovers.
   */
  ColourModel model() {
    return model == ColourModel.UNSTATED && shared ? ColourModel.BRIGHTNESS_AND_COLOURS : model;
  }

  /** Whether the decoder gives all samples of a kind together. */
  boolean inPlanes() {
    return jpegLs && scanned == 1;
  }

  private void readJpeg() {
    int at = 2;
    while (at + 4 <= bytes.limit() && number(at) == 0xFF) {
      int marker = number(at + 1);
      if (marker == 0xFF) {
        at++;
      } else {
        int end = at + 2 + Math.max(2, shortAt(at + 2));
        segment(marker, at + 4, Math.min(end, bytes.limit()));
        at = marker == SCAN ? bytes.limit() : end;
      }
    }
    model = lossy ? model : ColourModel.UNSTATED;
  }

  private void segment(int marker, int content, int end) {
    switch (marker) {
      case 0xC0, 0xC1, 0xC2 -> {
        lossy = true;
        shared = end - content >= 12 && number(content + 7) != number(content + 10);
      }
      case JPEG_LS_FRAME -> jpegLs = true;
      case FIRST_APPLICATION -> {
        if (begins("JFIF\0", content, end, JFIF_BYTES)) {
          model = ColourModel.BRIGHTNESS_AND_COLOURS;
        }
      }
      case ADOBE -> {
        if (begins("Adobe", content, end, ADOBE_TRANSFORM + 1) && model == ColourModel.UNSTATED) {
          model =
              number(content + ADOBE_TRANSFORM) == 0
                  ? ColourModel.RED_GREEN_BLUE
                  : ColourModel.BRIGHTNESS_AND_COLOURS;
        }
      }
      case SCAN -> scanned = content < end ? number(content) : 0;
      default -> {}
    }
  }

  private boolean begins(String name, int content, int end, int size) {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    return end - content >= size
        && Arrays.equals(
            bytes.array(), content, content + letters.length, letters, 0, letters.length);
  }

  private void readJpeg2000() {
    int at = 0;
    while (at + 4 <= bytes.limit() && bytes.getInt(at) != JPEG_2000_START) {
      at++;
    }
    at += 2;
    while (at + 9 <= bytes.limit() && shortAt(at) != JPEG_2000_TILE) {
      if (shortAt(at) == JPEG_2000_CODING && number(at + 8) == 1) {
        model = ColourModel.RED_GREEN_BLUE;
      }
      at += 2 + Math.max(2, shortAt(at + 2));
    }
  }

  private int number(int at) {
    return bytes.get(at) & 0xFF;
  }

  private int shortAt(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}

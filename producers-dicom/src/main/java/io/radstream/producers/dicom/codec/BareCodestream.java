package io.radstream.producers.dicom.codec;

import java.util.Optional;

/**
 * Pictures in JPEG, JPEG-LS and JPEG 2000 with nothing but what a decoder needs: without comments,
 * without what applications write for themselves, as a camera's data, without bytes behind the end.
 * What lies within the coded picture itself stays, and nobody can tell what that is but by decoding
 * it.
 */
public final class BareCodestream {

  private static final int JPEG_START = 0xFFD8;
  private static final int JPEG_2000_START = 0xFF4F;

  private BareCodestream() {}

  /**
   * @param codestream of one whole picture
   * @return empty where it has anything that is not understood: only its pixels may go on
   */
  public static Optional<byte[]> of(byte[] codestream) {
    if (codestream.length < Short.BYTES) {
      return Optional.empty();
    }
    return switch ((codestream[0] & 0xFF) << Byte.SIZE | (codestream[1] & 0xFF)) {
      case JPEG_START -> new BareJpeg(codestream).read();
      case JPEG_2000_START -> new BareJpeg2000(codestream).read();
      default -> Optional.empty();
    };
  }
}

package io.radstream.serving.inference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * A body taken apart.
 *
 * @param json empty where the whole body is the input, as one picture
 * @param tensors what follows
 */
record BodyParts(Optional<ByteBuffer> json, ByteBuffer tensors) {

  /**
   * @param most bytes of an unpacked body
   */
  static BodyParts of(InferenceBody body, long most) {
    byte[] bytes =
        body.encoding().map(name -> unpacked(body.bytes(), name, most)).orElse(body.bytes());
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    if (body.headerLength().isEmpty()) {
      return new BodyParts(Optional.of(whole), whole.slice(bytes.length, 0));
    }
    int length = headerLength(body.headerLength().get().strip(), bytes.length);
    return new BodyParts(
        length == 0 ? Optional.empty() : Optional.of(whole.slice(0, length)),
        whole.slice(length, bytes.length - length));
  }

  private static int headerLength(String text, int body) {
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > body) {
      throw new InvalidInferenceException(
          "%s must be the number of bytes of JSON, 0 to %d here"
              .formatted(InferenceBody.HEADER_LENGTH, body));
    }
    return Integer.parseInt(text);
  }

  private static byte[] unpacked(byte[] packed, String encoding, long most) {
    try (InputStream in = unpacking(packed, encoding.strip().toLowerCase(Locale.ROOT))) {
      byte[] bytes = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > most) {
        throw new InvalidInferenceException(
            "a request may hold at most %d bytes when it is unpacked".formatted(most));
      }
      return bytes;
    } catch (IOException e) {
      throw new InvalidInferenceException("the body is not what Content-Encoding says");
    }
  }

  /** What HTTP calls deflate is in zlib's frame. */
  private static InputStream unpacking(byte[] packed, String encoding) throws IOException {
    InputStream in = new ByteArrayInputStream(packed);
    return switch (encoding) {
      case "identity" -> in;
      case "gzip" -> new GZIPInputStream(in);
      case "deflate" -> new InflaterInputStream(in);
      default ->
          throw new InvalidInferenceException("Content-Encoding may be gzip, deflate or identity");
    };
  }
}

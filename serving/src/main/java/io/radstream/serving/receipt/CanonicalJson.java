package io.radstream.serving.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The one form of a JSON value that is signed and hashed (RFC 8785): whoever reads the value can
 * write it again, byte for byte, whatever wrote it.
 */
final class CanonicalJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CanonicalJson() {}

  /** Of a record or a collection, in UTF-8. */
  static byte[] of(Object value) {
    try {
      return ofText(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that cannot be written as JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("JSON that cannot be read again", e);
    }
  }

  /**
   * Of an object or array as text in UTF-8. Goes as deep as the text does: not for what a stranger
   * has written.
   *
   * @throws IOException where it is no JSON
   */
  static byte[] ofText(byte[] json) throws IOException {
    return new JsonCanonicalizer(json).getEncodedUTF8();
  }
}

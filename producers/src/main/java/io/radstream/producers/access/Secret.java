package io.radstream.producers.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password or token that is kept outside the process. */
public sealed interface Secret {

  /**
   * As it is now, without white space around it.
   *
   * @throws IOException where it cannot be read or is no line of text
   */
  String read() throws IOException;

  /** In a file that is read anew each time, so that a renewed token is taken up. */
  record InFile(Path file) implements Secret {

    private static final int MOST_BYTES = 64 * 1024;

    @Override
    public String read() throws IOException {
      byte[] content;
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(MOST_BYTES);
      }
      try {
        return checked(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
      } catch (CharacterCodingException e) {
        throw new IOException(file + " is no text in UTF-8", e);
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
  }

  /** Taken from the environment when the process started. */
  record Given(String value) implements Secret {

    public Given {
      value = checked(value);
    }

    @Override
    public String read() {
      return value;
    }

    @Override
    public String toString() {
      return "Given[…]";
    }
  }

  private static String checked(String text) {
    String secret = text.strip();
    // A line break would let it write headers of its own.
    if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a secret is one line of text, and not empty");
    }
    return secret;
  }
}

package io.radstream.serving.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as text (RFC 7468). */
final class Pem {

  private static final int LINE = 64;

  private Pem() {}

  static String write(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(label, lines.encodeToString(der))
        .replace("\r\n", "\n");
  }

  /** The first block of that label; empty where there is none, or it is no base64. */
  static Optional<byte[]> read(String label, String text) {
    String quoted = Pattern.quote(label);
    Matcher block =
        Pattern.compile("-----BEGIN " + quoted + "-----([^-]*)-----END " + quoted + "-----")
            .matcher(text);
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

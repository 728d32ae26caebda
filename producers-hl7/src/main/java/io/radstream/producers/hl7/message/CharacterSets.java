package io.radstream.producers.hl7.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes to text, by the character set that a message declares (HL7's table 0211, and names that
 * senders use instead), and where it declares none, by what the site says, or as UTF-8 or Latin-1,
 * whichever the bytes are. Bytes that are not of the set are refused: a report with other signs
 * than were written is worse than none.
 *
 * @param undeclared of messages that declare none; empty: UTF-8, else Latin-1
 */
public record CharacterSets(Optional<Charset> undeclared) {

  /** Escape sequences choose among the Japanese sets, and all of them fit into this one. */
  private static final String JAPANESE = "ISO-2022-JP-2";

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ASCII", "US-ASCII"),
          Map.entry("ISO IR6", "US-ASCII"),
          // What calls itself Latin-1 often has the quotation marks of Windows.
          Map.entry("8859/1", "windows-1252"),
          Map.entry("ISO IR100", "windows-1252"),
          Map.entry("8859/2", "ISO-8859-2"),
          Map.entry("8859/3", "ISO-8859-3"),
          Map.entry("8859/4", "ISO-8859-4"),
          Map.entry("8859/5", "ISO-8859-5"),
          Map.entry("8859/6", "ISO-8859-6"),
          Map.entry("8859/7", "ISO-8859-7"),
          Map.entry("8859/8", "ISO-8859-8"),
          Map.entry("8859/9", "ISO-8859-9"),
          Map.entry("8859/15", "ISO-8859-15"),
          Map.entry("ISO IR14", JAPANESE),
          Map.entry("ISO IR87", JAPANESE),
          Map.entry("ISO IR159", JAPANESE),
          Map.entry("GB 18030-2000", "GB18030"),
          Map.entry("KS X 1001", "EUC-KR"),
          Map.entry("ISO IR149", "EUC-KR"),
          Map.entry("BIG-5", "Big5"),
          Map.entry("UNICODE", "UTF-8"),
          Map.entry("UNICODE UTF-8", "UTF-8"));

  /**
   * @param charset that the text was in
   */
  record Decoded(String text, Charset charset) {}

  /**
   * @param declared by the message, none where it declares none
   * @throws UnreadableMessageException where the bytes are not of the set, or nobody knows it
   */
  Decoded decode(byte[] message, List<String> declared) throws UnreadableMessageException {
    if (declared.isEmpty()) {
      return undeclared(message);
    }
    Charset charset = charset(declared);
    return strictly(message, charset)
        .orElseThrow(() -> unreadable("the message has bytes that are not " + charset.name()));
  }

  private Decoded undeclared(byte[] message) throws UnreadableMessageException {
    if (undeclared.isPresent()) {
      return strictly(message, undeclared.get())
          .orElseThrow(
              () ->
                  unreadable(
                      "the message declares no character set, and has bytes that are not "
                          + undeclared.get().name()));
    }
    Optional<Decoded> unicode = strictly(message, StandardCharsets.UTF_8);
    return unicode.isPresent()
        ? unicode.get()
        : strictly(message, StandardCharsets.ISO_8859_1)
            .orElseThrow(
                () ->
                    unreadable(
                        "the message declares no character set, and is neither UTF-8 nor Latin-1"));
  }

  private static Optional<Decoded> strictly(byte[] message, Charset charset) {
    try {
      CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(message));
      boolean plausible = text.chars().noneMatch(c -> c >= 0x80 && c < 0xA0);
      return plausible ? Optional.of(new Decoded(text.toString(), charset)) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Charset charset(List<String> declared) throws UnreadableMessageException {
    // The first is the one that a message begins with, but any Japanese one needs escape sequences.
    String name =
        declared.stream()
            .filter(it -> JAPANESE.equals(NAMES.get(it)))
            .findFirst()
            .orElse(declared.get(0));
    try {
      String known = NAMES.getOrDefault(name, name);
      if (Charset.isSupported(known)) {
        return Charset.forName(known);
      }
    } catch (IllegalCharsetNameException e) {
      // Said below.
    }
    throw unreadable("the character set that MSH-18 names is not known");
  }

  private static UnreadableMessageException unreadable(String explanation) {
    return new UnreadableMessageException(
        ErrorCode.TABLE_VALUE_NOT_FOUND,
        explanation + "; correct MSH-18, or the listener's charset");
  }
}

package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.ErrorCode;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.swing.text.BadLocationException;
import javax.swing.text.Document;
import javax.swing.text.rtf.RTFEditorKit;

/**
 * Text that comes as data (type ED): plain, or RTF, of which its text is taken. What else may come
 * so, PDF above all, is named, not read.
 */
final class EncapsulatedText {

  private static final int TYPE = 2;
  private static final int SUBTYPE = 3;
  private static final int ENCODING = 4;
  private static final int DATA = 5;

  private static final List<String> PLAIN =
      List.of("TEXT", "PLAIN", "TXT", "TEXT/PLAIN", "TX", "FT", "ASCII");
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final byte[] PDF = "%PDF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RTF = "{\\rtf".getBytes(StandardCharsets.US_ASCII);

  private final Charset charset;

  /**
   * @param charset of the message; of the text, where it is not UTF-8
   */
  EncapsulatedText(Charset charset) {
    this.charset = charset;
  }

  String read(Hl7Segment observation, int repetition) throws UnreadableMessageException {
    byte[] data = data(observation, repetition);
    if (begins(data, PDF)) {
      throw refused("PDF");
    }
    if (begins(data, RTF)) {
      return rtf(data);
    }
    String type = observation.value(5, repetition, TYPE).toUpperCase(Locale.ROOT);
    String subtype = observation.value(5, repetition, SUBTYPE).toUpperCase(Locale.ROOT);
    boolean plain = PLAIN.contains(subtype) || (PLAIN.contains(type) && subtype.isEmpty());
    if (!plain) {
      throw refused("data that is neither plain text nor RTF");
    }
    return plain(data);
  }

  private static byte[] data(Hl7Segment observation, int repetition)
      throws UnreadableMessageException {
    String data = observation.value(5, repetition, DATA);
    try {
      return switch (observation.value(5, repetition, ENCODING).toUpperCase(Locale.ROOT)) {
        case "BASE64" -> Base64.getMimeDecoder().decode(data);
        case "HEX" -> HexFormat.of().parseHex(data);
        case "A", "" -> data.getBytes(StandardCharsets.UTF_8);
        default -> throw refused("data in an encoding that is neither Base64 nor Hex");
      };
    } catch (IllegalArgumentException e) {
      throw new UnreadableMessageException(
          ErrorCode.DATA_TYPE, "the data of an OBX is not in the encoding that its OBX-5.4 names");
    }
  }

  private static boolean begins(byte[] data, byte[] start) {
    return data.length >= start.length
        && Arrays.equals(data, 0, start.length, start, 0, start.length);
  }

  private String plain(byte[] data) throws UnreadableMessageException {
    for (Charset each : List.of(StandardCharsets.UTF_8, charset)) {
      try {
        String text = each.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        // The next one, or said below.
      }
    }
    throw new UnreadableMessageException(
        ErrorCode.DATA_TYPE,
        "the text of an OBX of type ED is neither UTF-8 nor in the message's character set");
  }

  /** A page of text has no parts that could be loaded: the reader knows text and its looks only. */
  private static String rtf(byte[] data) throws UnreadableMessageException {
    RTFEditorKit kit = new RTFEditorKit();
    Document document = kit.createDefaultDocument();
    try {
      kit.read(new ByteArrayInputStream(data), document, 0);
      return document.getText(0, document.getLength());
    } catch (IOException | BadLocationException | RuntimeException e) {
      throw new UnreadableMessageException(ErrorCode.DATA_TYPE, "the RTF of an OBX cannot be read");
    }
  }

  private static UnreadableMessageException refused(String what) {
    return new UnreadableMessageException(
        ErrorCode.DATA_TYPE,
        "the report comes as %s; have it sent as text (TX, FT, or ED with plain text)"
            .formatted(what));
  }
}

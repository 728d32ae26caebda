package io.radstream.producers.hl7.message;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes messages of any version apart, segment by segment, without holding them against the
 * structures of a version: real messages seldom have them. Thread-safe.
 */
public final class Hl7Reader {

  /** Each becomes objects of several hundred bytes. */
  private static final int MAX_VALUES = 200_000;

  /** Of one field or component: the time that HAPI takes for them grows with their square. */
  private static final int MAX_PARTS = 1_000;

  private static final Pattern SEGMENT_END = Pattern.compile("\r\n?|\n");

  private final CharacterSets characterSets;
  private final PipeParser parser;

  public Hl7Reader(CharacterSets characterSets) {
    this.characterSets = characterSets;
    this.parser = context().getPipeParser();
  }

  @SuppressWarnings("resource") // it opens nothing until one listens with it
  private static HapiContext context() {
    ParserConfiguration configuration = new ParserConfiguration();
    configuration.setEscaping(new Unescaped());
    HapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation());
    context.setParserConfiguration(configuration);
    return context;
  }

  /**
   * @param header of these bytes
   * @throws UnreadableMessageException where it cannot be read as text or taken apart
   */
  public Hl7Message read(byte[] bytes, Hl7Header header) throws UnreadableMessageException {
    CharacterSets.Decoded decoded = characterSets.decode(bytes, header.characterSets());
    Delimiters delimiters = header.delimiters();
    long values = decoded.text().chars().filter(delimiters::isSeparator).count();
    if (values > MAX_VALUES) {
      throw new UnreadableMessageException(
          ErrorCode.DATA_TYPE,
          "the message has %d fields and components; at most %d are read"
              .formatted(values, MAX_VALUES));
    }
    if (delimiters.mostParts(decoded.text()) > MAX_PARTS) {
      throw new UnreadableMessageException(
          ErrorCode.DATA_TYPE,
          "a field has too many components or subcomponents; at most %d are read"
              .formatted(MAX_PARTS));
    }
    EscapedText escapes = new EscapedText(delimiters, decoded.charset());
    Message parent = new GenericMessage.V25(parser.getFactory());
    parent.setParser(parser);
    List<Hl7Segment> segments = new ArrayList<>();
    for (String line : lines(decoded.text(), delimiters)) {
      GenericSegment segment = parse(line, segments.size() + 1, parent, delimiters);
      segments.add(new Hl7Segment(segment, delimiters, escapes));
    }
    return new Hl7Message(header, decoded.charset(), segments);
  }

  /**
   * @param number of the segment in its message, from 1
   */
  private GenericSegment parse(String line, int number, Message parent, Delimiters delimiters)
      throws UnreadableMessageException {
    GenericSegment segment = new GenericSegment(parent, line.substring(0, 3));
    try {
      parser.parse(segment, line, delimiters.characters());
      return segment;
    } catch (HL7Exception e) {
      // HAPI's own message would quote the segment, and its name may be anything.
      throw new UnreadableMessageException(
          ErrorCode.DATA_TYPE, "segment %d cannot be taken apart".formatted(number));
    }
  }

  /** A line that begins no segment goes on with the one before: senders put line ends in text. */
  private static List<String> lines(String text, Delimiters delimiters) {
    List<StringBuilder> lines = new ArrayList<>();
    try (Stream<String> all =
        SEGMENT_END.splitAsStream(text.replace("\uFEFF", "").stripLeading())) {
      all.forEach(
          line -> {
            if (beginsSegment(line, delimiters) || lines.isEmpty()) {
              lines.add(new StringBuilder(line));
            } else {
              lines.get(lines.size() - 1).append('\n').append(line);
            }
          });
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }

  private static boolean beginsSegment(String line, Delimiters delimiters) {
    return line.length() > 3
        && line.charAt(3) == delimiters.field()
        && isCapital(line.charAt(0))
        && isCapitalOrDigit(line.charAt(1))
        && isCapitalOrDigit(line.charAt(2));
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isCapitalOrDigit(char c) {
    return isCapital(c) || (c >= '0' && c <= '9');
  }

  /** Leaves escape sequences to {@link EscapedText}, which knows what text is made of. */
  private static final class Unescaped implements Escaping {

    @Override
    public String escape(String text, EncodingCharacters characters) {
      return text;
    }

    @Override
    public String unescape(String text, EncodingCharacters characters) {
      return text;
    }
  }
}

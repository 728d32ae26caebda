package io.radstream.producers.hl7.message;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Answers to messages, in the delimiters of the message and with what its header says turned round:
 * in the original mode AA, AE or AR; in the enhanced mode CA, CE or CR where the sender wants the
 * receipt confirmed, else AA, AE or AR where it wants to know what became of it, else nothing.
 * Never both, because both are known at the same moment: when the cluster has it. Thread-safe.
 */
public final class Acknowledgements {

  /** An answer holds no more of a field than this. */
  private static final int MAX_ECHO = 200;

  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");
  private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,3}");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'+0000'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String application;
  private final InstantSource clock;
  private final String run;
  private final AtomicLong sent = new AtomicLong();

  /**
   * @param application our name
   * @param clock of the answers
   */
  public Acknowledgements(String application, InstantSource clock) {
    this.application = application;
    this.clock = clock;
    this.run = Long.toString(clock.millis(), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
  }

  /** Empty where the sender wants no answer to this. */
  public Optional<byte[]> to(Hl7Header header, Outcome outcome) {
    return code(header, outcome).map(code -> bytes(header, code, outcome));
  }

  private static Optional<String> code(Hl7Header header, Outcome outcome) {
    String accept = header.acceptWish();
    String application = header.applicationWish();
    if (accept.isEmpty() && application.isEmpty()) {
      return Optional.of("A" + letter(outcome));
    }
    if (isWanted(accept, outcome)) {
      return Optional.of("C" + letter(outcome));
    }
    return isWanted(application, outcome) ? Optional.of("A" + letter(outcome)) : Optional.empty();
  }

  /** HL7's table 0155: never, on errors, on success; always too where nobody knows the wish. */
  private static boolean isWanted(String wish, Outcome outcome) {
    boolean good = outcome instanceof Outcome.Accepted;
    return switch (wish) {
      case "", "NE" -> false;
      case "ER" -> !good;
      case "SU" -> good;
      default -> true;
    };
  }

  private static String letter(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted) {
      return "A";
    }
    return outcome instanceof Outcome.Failed ? "E" : "R";
  }

  private byte[] bytes(Hl7Header header, String code, Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append(segment(header, headerFields(header)));
    if (outcome instanceof Outcome.Rejected rejected) {
      append(text, header, code, rejected.code(), rejected.explanation());
    } else if (outcome instanceof Outcome.Failed failed) {
      append(text, header, code, ErrorCode.INTERNAL, failed.explanation());
    } else {
      text.append(segment(header, List.of("MSA", code, echo(header, 10))));
    }
    // The header was read so, and nothing else of an answer has other signs than ASCII.
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private List<String> headerFields(Hl7Header header) {
    return List.of(
        "MSH",
        echo(header, 2),
        application,
        echo(header, 6),
        echo(header, 3),
        echo(header, 4),
        TIME.format(clock.instant()),
        "",
        type(header),
        run + "-" + sent.incrementAndGet(),
        echo(header, 11),
        echo(header, 12),
        "",
        "",
        "",
        "",
        "",
        echo(header, 18));
  }

  /** The oldest versions know neither the event nor the structure. */
  private static String type(Hl7Header header) {
    boolean old = header.version().matches("2\\.[123](\\..*)?");
    char separator = header.delimiters().component();
    if (!CODE.matcher(header.event()).matches() || header.version().startsWith("2.1")) {
      return "ACK";
    }
    return "ACK" + separator + header.event() + (old ? "" : separator + "ACK");
  }

  private static void append(
      StringBuilder text, Hl7Header header, String code, ErrorCode error, String explanation) {
    String said = escaped(header, explanation);
    text.append(segment(header, List.of("MSA", code, echo(header, 10), said)));
    char separator = header.delimiters().component();
    String coded = error.number() + "" + separator + error.text() + separator + "HL70357";
    text.append(segment(header, List.of("ERR", "", "", coded, "E", "", "", "", said)));
  }

  private static String segment(Hl7Header header, List<String> fields) {
    String joined = String.join(String.valueOf(header.delimiters().field()), fields);
    return joined.replaceFirst("\\Q" + header.delimiters().field() + "\\E+$", "") + "\r";
  }

  /** As it came, since the delimiters are the same. */
  private static String echo(Hl7Header header, int field) {
    String clean = UNPRINTABLE.matcher(header.field(field)).replaceAll("");
    return clean.substring(0, Math.min(clean.length(), MAX_ECHO));
  }

  private static String escaped(Hl7Header header, String text) {
    Delimiters delimiters = header.delimiters();
    StringBuilder escaped = new StringBuilder();
    for (char c : text.substring(0, Math.min(text.length(), MAX_ECHO)).toCharArray()) {
      boolean safe = c >= ' ' && c < 0x7F && c != delimiters.escape() && !delimiters.isSeparator(c);
      escaped.append(safe ? c : ' ');
    }
    return escaped.toString();
  }
}

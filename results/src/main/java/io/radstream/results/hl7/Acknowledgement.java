package io.radstream.results.hl7;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an answer says.
 *
 * @param code of HL7's table 0008: AA, AE, AR, CA, CE or CR
 * @param controlId of the message that it answers
 */
record Acknowledgement(String code, String controlId) {

  private static final String HEADER = "MSH";
  private static final String ANSWER = "MSA";

  /** Empty where it is no answer. */
  static Optional<Acknowledgement> read(byte[] answer) {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int header = text.indexOf(HEADER);
    if (header < 0 || header + HEADER.length() >= text.length()) {
      return Optional.empty();
    }
    char separator = text.charAt(header + HEADER.length());
    for (String segment : text.substring(header).split("[\r\n]+", -1)) {
      String[] fields = segment.split("\\Q" + separator + "\\E", -1);
      if (fields[0].equals(ANSWER) && fields.length > 2) {
        return Optional.of(new Acknowledgement(fields[1].strip(), fields[2].strip()));
      }
    }
    return Optional.empty();
  }
}

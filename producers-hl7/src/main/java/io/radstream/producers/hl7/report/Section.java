package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Segment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A section of a report that an observation's identifier may name.
 *
 * @param heading as it is written into the text
 * @param codes that name it: suffixes of HL7, codes of LOINC and DICOM
 * @param words that an identifier's text has if it is that section's
 */
record Section(String heading, List<String> codes, List<String> words) {

  static final String ADDENDUM = "ADDENDUM";

  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int CODE = 1;
  private static final int TEXT = 2;
  private static final int OTHER_CODE = 4;
  private static final int OTHER_TEXT = 5;

  boolean isAddendum() {
    return heading.equals(ADDENDUM);
  }

  /** The sections that are known, those first that another one's words may be in. */
  record Known(List<Section> sections) {

    /** From the module's table. */
    static Known read() {
      try (InputStream in = Section.class.getResourceAsStream("sections.txt");
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
        return new Known(
            lines
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Section::of)
                .toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What OBX-3 names; empty where it names the report, or anything else. */
    Optional<Section> of(Hl7Segment observation) {
      List<String> codes = new ArrayList<>();
      // Of 71020&IMP, the suffix says it.
      codes.add(observation.value(3, 1, CODE, 2));
      codes.add(observation.value(3, 1, CODE));
      codes.add(observation.value(3, 1, OTHER_CODE));
      List<String> texts =
          Stream.of(TEXT, CODE, OTHER_TEXT).map(each -> observation.value(3, 1, each)).toList();
      return codes.stream()
          .filter(code -> !code.isEmpty())
          .flatMap(code -> sections.stream().filter(it -> it.hasCode(code)))
          .findFirst()
          .or(
              () ->
                  texts.stream()
                      .map(Section::words)
                      .flatMap(text -> sections.stream().filter(it -> it.isIn(text)))
                      .findFirst());
    }
  }

  /** {@code HEADING | codes | words}. */
  private static Section of(String line) {
    List<String> parts = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    return new Section(parts.get(0), list(parts.get(1)), list(parts.get(2)));
  }

  private static List<String> list(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  private boolean hasCode(String code) {
    return codes.contains(code.toUpperCase(Locale.ROOT));
  }

  private boolean isIn(String text) {
    return words.stream().anyMatch(word -> text.contains(words(word)));
  }

  /** In capitals, a blank around each. */
  private static String words(String text) {
    return " " + NOT_WORDS.matcher(text).replaceAll(" ").strip().toUpperCase(Locale.ROOT) + " ";
  }
}

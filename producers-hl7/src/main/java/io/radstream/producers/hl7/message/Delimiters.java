package io.radstream.producers.hl7.message;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.util.Optional;

/** The five characters that take a message apart, as its header declares them. */
record Delimiters(char field, char component, char repetition, char escape, char subcomponent) {

  private static final String USUAL = "^~\\&";

  /**
   * @param field the header's fourth character
   * @param encoding the header's second field; what it leaves out is as usual
   * @return empty where they cannot be told apart from text or each other
   */
  static Optional<Delimiters> of(char field, String encoding) {
    String all = encoding + USUAL.substring(Math.min(encoding.length(), USUAL.length()));
    Delimiters delimiters =
        new Delimiters(field, all.charAt(0), all.charAt(1), all.charAt(2), all.charAt(3));
    String seen = field + all.substring(0, USUAL.length());
    boolean distinct = seen.chars().distinct().count() == seen.length();
    return distinct && seen.chars().allMatch(Delimiters::isPunctuation)
        ? Optional.of(delimiters)
        : Optional.empty();
  }

  private static boolean isPunctuation(int c) {
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
  }

  EncodingCharacters characters() {
    return new EncodingCharacters(field, component, repetition, escape, subcomponent);
  }

  /** Components of a repetition, or subcomponents of a component, where there are most. */
  int mostParts(String text) {
    int most = 0;
    int components = 0;
    int subcomponents = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == subcomponent) {
        subcomponents++;
      } else if (c == component) {
        components++;
        subcomponents = 0;
      } else if (c == field || c == repetition) {
        components = 0;
        subcomponents = 0;
      }
      most = Math.max(most, Math.max(components, subcomponents));
    }
    return most;
  }

  boolean isSeparator(int c) {
    return c == field || c == component || c == repetition || c == subcomponent;
  }
}

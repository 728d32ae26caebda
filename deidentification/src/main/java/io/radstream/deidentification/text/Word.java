package io.radstream.deidentification.text;

/**
 * A run of letters, with apostrophes inside.
 *
 * @param start of its first character
 * @param end behind its last character
 * @param text as it stands
 */
record Word(int start, int end, String text) {

  boolean isCapitalised() {
    return Character.isUpperCase(text.charAt(0));
  }

  /** One capital letter, as that of a second name. */
  boolean isInitial() {
    return text.length() == 1 && isCapitalised();
  }
}

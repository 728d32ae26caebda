package io.radstream.producers.datasets;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes the names of findings alike: small letters, digits and hyphens, one blank between words.
 */
final class FindingNames {

  private static final int LONGEST = 64;
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9-]+");

  private FindingNames() {}

  /** Empty where nothing of the name is left. */
  static String of(String name) {
    String plain = OTHER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST).strip();
  }
}

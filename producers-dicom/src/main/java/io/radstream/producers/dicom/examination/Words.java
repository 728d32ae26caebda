package io.radstream.producers.dicom.examination;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words of a description: capitals without accents. */
record Words(List<String> words) {

  private static final Pattern MARK = Pattern.compile("\\p{M}+");
  private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}]+");

  static Words of(String text) {
    String plain =
        MARK.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
            .replaceAll("")
            .toUpperCase(Locale.ROOT);
    return new Words(Arrays.stream(GAP.split(plain)).filter(word -> !word.isEmpty()).toList());
  }

  boolean hasAny(Collection<String> wanted) {
    return words.stream().anyMatch(wanted::contains);
  }

  boolean beginsAny(Collection<String> wanted) {
    return words.stream().anyMatch(word -> wanted.stream().anyMatch(word::startsWith));
  }

  boolean isEmpty() {
    return words.isEmpty();
  }
}

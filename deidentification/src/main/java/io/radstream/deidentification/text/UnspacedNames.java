package io.radstream.deidentification.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The study's own names in scripts that put no space between words: nothing tells where a name ends
 * there, so they are found wherever their characters stand.
 */
final class UnspacedNames implements Finder {

  private static final Set<UnicodeScript> SCRIPTS =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.THAI);

  /** What follows a family name of one character: by itself that is a word like others. */
  private static final List<String> HONORIFICS =
      List.of(
          "\u6C0F",
          "\u69D8",
          "\u3055\u3093",
          "\u541B",
          "\u5148\u751F",
          "\u5973\u58EB",
          "\u5C0F\u59D0",
          "\u533B\u751F",
          "\u533B\u5E08",
          "\u91AB\u5E2B",
          "\u533B\u5E2B",
          "\uC528",
          "\uB2D8");

  private final Set<String> names = new HashSet<>();
  private final Set<String> beforeHonorific = new HashSet<>();

  UnspacedNames(Collection<String> known) {
    for (String name : known) {
      List<String> words = new ArrayList<>();
      for (Word word : new ReportText(name.replace('^', ' ')).words()) {
        if (word.text().codePoints().allMatch(UnspacedNames::isUnspaced)) {
          words.add(word.text());
        }
      }
      words.forEach(this::add);
      for (int i = 0; i + 1 < words.size(); i++) {
        for (String between : List.of("", " ")) {
          names.add(words.get(i) + between + words.get(i + 1));
          names.add(words.get(i + 1) + between + words.get(i));
        }
      }
    }
  }

  private void add(String word) {
    (word.codePointCount(0, word.length()) > 1 ? names : beforeHonorific).add(word);
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    for (String name : names) {
      find(text.folded(), name, name.length(), found);
    }
    for (String name : beforeHonorific) {
      for (String honorific : HONORIFICS) {
        find(text.folded(), name + honorific, name.length(), found);
      }
    }
  }

  private static void find(String text, String sought, int length, Consumer<Span> found) {
    for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
      found.accept(Span.out(at, at + length, Kind.NAME));
    }
  }

  private static boolean isUnspaced(int letter) {
    return SCRIPTS.contains(UnicodeScript.of(letter));
  }
}

package io.radstream.deidentification.text;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The study's own names as logins and marks have them: a surname with an initial before or behind
 * it, and the initials alone.
 */
final class LoginNames implements Finder {

  private static final Pattern INITIALS =
      Pattern.compile("(?<![\\p{L}\\p{N}.])(?:\\p{Lu}\\. ?){2,5}\\p{Lu}(?:\\.|(?![\\p{L}\\p{N}]))");

  private static final int LONG_SURNAME = 5;

  private final PersonNames names;

  LoginNames(PersonNames names) {
    this.names = names;
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    for (Word word : text.words()) {
      if (isLogin(text, word)) {
        found.accept(Span.out(word.start(), digitsEnd(text, word.end()), Kind.NAME));
      }
    }
    Matcher initials = INITIALS.matcher(text.folded());
    while (initials.find()) {
      String letters = initials.group().replaceAll("[. ]", "").toLowerCase(Locale.ROOT);
      if (names.monograms().contains(letters)) {
        found.accept(Span.out(initials.start(), initials.end(), Kind.NAME));
      }
    }
  }

  /** A small word that only looks like one stays: a login has capitals, digits or a long name. */
  private boolean isLogin(ReportText text, Word word) {
    Set<String> forms = NameForms.of(word.text());
    if (forms.stream().noneMatch(names.logins()::contains)) {
      return false;
    }
    boolean capitals = word.text().substring(1).chars().anyMatch(Character::isUpperCase);
    boolean digits = digitsEnd(text, word.end()) > word.end();
    return capitals || digits || word.text().length() > LONG_SURNAME;
  }

  private static int digitsEnd(ReportText text, int from) {
    int end = from;
    while (end < text.folded().length() && Character.isDigit(text.folded().charAt(end))) {
      end++;
    }
    return end;
  }
}

package io.radstream.deidentification.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a study's names, as keys.
 *
 * @param sure can be nothing else
 * @param doubtful are words of the language too
 * @param initials of all of them, lower case
 * @param logins names with an initial before or behind them
 * @param monograms all initials of one name, three and more
 * @param particles lower case, as van and der
 */
record PersonNames(
    Set<String> sure,
    Set<String> doubtful,
    Set<String> initials,
    Set<String> logins,
    Set<String> monograms,
    Set<String> particles) {

  private static final int LONG_ENOUGH_JOINED = 5;
  private static final int LONG_ENOUGH_LOGIN = 4;
  private static final int LONG_ENOUGH_MONOGRAM = 3;

  static PersonNames of(Collection<String> names, NameLexicon lexicon) {
    PersonNames all =
        new PersonNames(
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>());
    for (String name : names) {
      // Between two carets of a header stands a word of its own, whatever it is.
      List<Word> words = new ReportText(name.replace('^', ' ')).words();
      all.add(
          words.stream().map(Word::text).filter(word -> !lexicon.isTitle(word)).toList(), lexicon);
    }
    return all;
  }

  private void add(List<String> words, NameLexicon lexicon) {
    for (String word : words) {
      initials.add(NameForms.of(word.substring(0, 1)).iterator().next());
      if (word.length() > 1 && !lexicon.isParticle(word)) {
        NameForms.ofName(word).forEach(form -> add(form, lexicon));
      }
    }
    addParticles(words, lexicon);
    for (int i = 0; i + 1 < words.size(); i++) {
      join(words.get(i), words.get(i + 1), lexicon);
      join(words.get(i + 1), words.get(i), lexicon);
    }
    addMonograms(words);
  }

  /** De la Cruz as one word, and what its particles are. */
  private void addParticles(List<String> words, NameLexicon lexicon) {
    for (int first = 0; first < words.size(); first++) {
      int last = first;
      while (last < words.size() && lexicon.isParticle(words.get(last))) {
        particles.add(words.get(last).toLowerCase(Locale.ROOT));
        last++;
      }
      if (last > first && last < words.size()) {
        String joined = String.join("", words.subList(first, last + 1));
        if (joined.length() >= LONG_ENOUGH_JOINED) {
          NameForms.ofName(joined).forEach(form -> add(form, lexicon));
        }
      }
    }
  }

  private void join(String first, String second, NameLexicon lexicon) {
    String joined = first + second;
    if (joined.length() >= LONG_ENOUGH_JOINED) {
      NameForms.ofName(joined).forEach(form -> add(form, lexicon));
    }
    // Of a name that is a word too, one with an initial is another word as often as not.
    for (String name : NameForms.ofName(first)) {
      if (name.length() > 2 && (name.length() == 3 || !lexicon.isDoubtful(name))) {
        String initial = NameForms.of(second.substring(0, 1)).iterator().next();
        addLogin(initial + name, lexicon);
        addLogin(name + initial, lexicon);
      }
    }
  }

  private void addLogin(String login, NameLexicon lexicon) {
    if (login.length() >= LONG_ENOUGH_LOGIN && !lexicon.isDoubtful(login)) {
      logins.add(login);
    }
  }

  /** In the order of the header, which has the surname first, and in that of speech. */
  private void addMonograms(List<String> words) {
    StringBuilder letters = new StringBuilder();
    words.forEach(word -> letters.append(NameForms.of(word.substring(0, 1)).iterator().next()));
    if (letters.length() >= LONG_ENOUGH_MONOGRAM) {
      monograms.add(letters.toString());
      monograms.add(letters.substring(1) + letters.charAt(0));
    }
  }

  private void add(String form, NameLexicon lexicon) {
    (lexicon.isDoubtful(form) ? doubtful : sure).add(form);
  }

  boolean isEmpty() {
    return sure.isEmpty() && doubtful.isEmpty();
  }
}

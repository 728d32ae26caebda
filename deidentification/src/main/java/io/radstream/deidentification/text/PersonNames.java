package io.radstream.deidentification.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The words of a study's names, as keys.
 *
 * @param sure can be nothing else
 * @param doubtful are words of the language too
 * @param initials of all of them, lower case
 */
record PersonNames(Set<String> sure, Set<String> doubtful, Set<String> initials) {

  private static final int LONG_ENOUGH_JOINED = 6;

  static PersonNames of(Collection<String> names, NameLexicon lexicon) {
    PersonNames all = new PersonNames(new HashSet<>(), new HashSet<>(), new HashSet<>());
    for (String name : names) {
      // Between two carets of a header stands a word of its own, whatever it is.
      List<Word> words = new ReportText(name.replace('^', ' ')).words();
      all.add(
          words.stream().map(Word::text).filter(word -> !lexicon.isTitle(word)).toList(), lexicon);
    }
    return all;
  }

  private void add(List<String> words, NameLexicon lexicon) {
    List<String> spoken = new ArrayList<>();
    for (String word : words) {
      initials.add(NameForms.of(word.substring(0, 1)).iterator().next());
      if (word.length() > 1 && !lexicon.isParticle(word)) {
        NameForms.ofName(word).forEach(form -> add(form, lexicon));
      }
      spoken.add(word);
    }
    for (int i = 0; i + 1 < spoken.size(); i++) {
      String joined = spoken.get(i) + spoken.get(i + 1);
      if (joined.length() >= LONG_ENOUGH_JOINED) {
        NameForms.ofName(joined).forEach(form -> add(form, lexicon));
      }
    }
  }

  private void add(String form, NameLexicon lexicon) {
    (lexicon.isDoubtful(form) ? doubtful : sure).add(form);
  }

  boolean isEmpty() {
    return sure.isEmpty() && doubtful.isEmpty();
  }
}

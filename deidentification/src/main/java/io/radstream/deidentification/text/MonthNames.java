package io.radstream.deidentification.text;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names of months and days of the week in the languages of {@code months.tsv}. */
final class MonthNames {

  /** As a text writes a month. */
  record Name(String language, int month, boolean brief) {}

  private final Map<String, List<Name>> byForm = new HashMap<>();
  private final Map<Name, String> written = new HashMap<>();
  private final Map<String, List<String>> weekdays = new HashMap<>();
  private final Set<String> monthForms = new HashSet<>();

  private MonthNames() {}

  static MonthNames read() {
    MonthNames names = new MonthNames();
    for (String line : WordList.lines("months.tsv")) {
      String[] cells = line.split("\t", -1);
      int month = Integer.parseInt(cells[1]);
      names.add(cells[2], new Name(cells[0], month, false));
      for (String brief : cells[3].split(",", -1)) {
        if (!brief.equals("-")) {
          names.add(brief, new Name(cells[0], month, true));
        }
      }
    }
    for (String line : WordList.lines("weekdays.tsv")) {
      String[] cells = line.split("\t", -1);
      names.weekdays.put(cells[0], List.of(cells[1].split(",", -1)));
    }
    return names;
  }

  private void add(String form, Name name) {
    written.putIfAbsent(name, form);
    for (String key : NameForms.of(form)) {
      List<Name> names = byForm.computeIfAbsent(key, unused -> new ArrayList<>());
      if (names.stream().noneMatch(it -> it.language().equals(name.language()))) {
        names.add(name);
      }
    }
    monthForms.add(form.toLowerCase(Locale.ROOT));
    monthForms.addAll(NameForms.of(form));
  }

  /** All of them as alternatives of an expression, the longest first. */
  String months() {
    return alternatives(monthForms);
  }

  String daysOfTheWeek() {
    Set<String> forms = new HashSet<>();
    weekdays
        .values()
        .forEach(names -> names.forEach(name -> forms.add(name.toLowerCase(Locale.ROOT))));
    weekdays.values().forEach(names -> names.forEach(name -> forms.addAll(NameForms.of(name))));
    return alternatives(forms);
  }

  /** Whether a word may be the name of a month. */
  boolean isMonth(Word word) {
    return NameForms.of(word.text()).stream().anyMatch(byForm::containsKey);
  }

  /** By their first letters: most words of a text are told from all of them by one. */
  private static String alternatives(Set<String> forms) {
    return forms.stream()
        .collect(Collectors.groupingBy(form -> form.charAt(0), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(group -> group.getKey() + "(?:" + rests(group.getValue()) + ")")
        .collect(Collectors.joining("|"));
  }

  private static String rests(List<String> forms) {
    return forms.stream()
        .sorted(Comparator.comparing(String::length).reversed().thenComparing(form -> form))
        .map(form -> form.substring(1))
        .collect(Collectors.joining("|"));
  }

  /** The month of a written name, in the first of the languages that has it. */
  Name of(String form, List<String> languages) {
    List<Name> names = byForm.get(NameForms.of(form).iterator().next());
    for (String language : languages) {
      for (Name name : names) {
        if (name.language().equals(language)) {
          return name;
        }
      }
    }
    return names.get(0);
  }

  /** Another month in the same language, length and case. */
  String like(String form, Name name, int month) {
    String brief = name.brief() ? written.get(new Name(name.language(), month, true)) : null;
    String full = written.get(new Name(name.language(), month, false));
    return inCaseOf(form, brief == null ? full : brief);
  }

  /** Another day of the week in the same case. */
  String like(String form, DayOfWeek day) {
    for (List<String> names : weekdays.values()) {
      if (names.stream()
          .anyMatch(it -> NameForms.of(it).stream().anyMatch(NameForms.of(form)::contains))) {
        return inCaseOf(form, names.get(day.getValue() - 1));
      }
    }
    return Span.TOKEN;
  }

  private static String inCaseOf(String form, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (form.equals(form.toUpperCase(Locale.ROOT))) {
      return lower.toUpperCase(Locale.ROOT);
    }
    return Character.isUpperCase(form.charAt(0))
        ? lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1)
        : lower;
  }
}

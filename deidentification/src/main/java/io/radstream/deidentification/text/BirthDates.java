package io.radstream.deidentification.text;

import static io.radstream.deidentification.text.Kind.DATE;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells where a date is one of birth: such a date is never shifted, as the age is told by it. */
final class BirthDates {

  private static final int LOOK_BACK = 48;

  /** So many characters further up a table's head is looked for. */
  private static final int TABLE = 2_000;

  /** Between a name and a date. */
  private static final Pattern MARK = Pattern.compile("(?:[,;] ?| ?[(\\[*] ?){1,2}");

  private static final int LONGEST_MARK = 6;

  private static final String SIGNS =
      "(?<![\\p{L}\\p{N}])(?:dob|d\\.o\\.b|dn|d\\.n|ddn|bd|fdn|f\\. ?n|f\\. ?nac(?:imiento)?|fecha (?:de )?nac"
          + "|data (?:de )?nasc|dt\\.? ?nasc|geb|geb\\.?[- ]?dat|geb\\.?[- ]?datum|birth ?dt|date\\.? naiss)"
          + "|birth ?date|date of birth|birthday|born(?: on)?|geboren(?: am)?|geburtsdatum|geburtstag"
          + "|n\\x{e9}e? le|date de naissance|nacid[oa](?: el)?|fecha de nacimiento"
          + "|nat[oa](?: il)?|data di nascita|nascid[oa](?: em)?|data de nascimento"
          + "|\\x{51fa}\\x{751f}(?:\\x{65e5}\\x{671f})?|\\x{751f}\\x{5e74}\\x{6708}\\x{65e5}|\\x{751f}\\x{65e5}"
          + "|\\x{c0dd}\\x{b144}\\x{c6d4}\\x{c77c}|\\x{434}\\x{430}\\x{442}\\x{430} \\x{440}\\x{43e}\\x{436}\\p{L}+";

  private static final Pattern BEFORE =
      Pattern.compile("(?iu)(?:(?:" + SIGNS + ")[.:\\s(=*|,-]{0,5}|\\*)$");

  private static final Pattern HEAD = Pattern.compile("(?iu)\\W{0,3}(?:" + SIGNS + ")[.:\\s]{0,4}");

  private static final Pattern CELL_END = Pattern.compile("[\\t|;]");

  private BirthDates() {}

  static boolean isOne(ReportText text, int start) {
    int from = Math.max(0, start - LOOK_BACK);
    return BEFORE.matcher(text.between(from, start)).find() || isInColumn(text.original(), start);
  }

  /** Whether the cell of a table has a head that says so. */
  private static boolean isInColumn(String text, int start) {
    String before = text.substring(Math.max(0, start - TABLE), start);
    String[] lines = before.split("\n", -1);
    int column = CELL_END.split(lines[lines.length - 1], -1).length - 1;
    for (int i = lines.length - 2; i >= 0; i--) {
      String[] cells = CELL_END.split(lines[i], -1);
      if (cells.length > Math.max(1, column) && HEAD.matcher(cells[column]).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Takes out what stands right behind a name of the study's own, in brackets or after a comma. */
  static List<Span> besideNames(ReportText text, List<Span> names, List<Span> found) {
    Set<Integer> ends = names.stream().map(Span::end).collect(Collectors.toSet());
    return found.stream()
        .map(span -> isBeside(text, ends, span) ? Span.out(span.start(), span.end(), DATE) : span)
        .toList();
  }

  private static boolean isBeside(ReportText text, Set<Integer> ends, Span span) {
    for (int gap = 1; span.kind() == DATE && gap <= LONGEST_MARK; gap++) {
      int end = span.start() - gap;
      if (ends.contains(end) && MARK.matcher(text.between(end, span.start())).matches()) {
        return true;
      }
    }
    return false;
  }
}

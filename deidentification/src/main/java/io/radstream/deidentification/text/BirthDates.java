package io.radstream.deidentification.text;

import static io.radstream.deidentification.text.Kind.DATE;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells where a date is one of birth: such a date is never shifted, as the age is told by it. */
final class BirthDates {

  private static final int CENTURY = 100;

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

  private static final String MARKS = ".:(=*|,-";

  private static final int MOST_MARKS = 5;

  /** How each of the signs ends: most dates are told from it without the expression. */
  private static final List<String> SIGNS_END =
      List.of(
          "dob",
          "d.o.b",
          "dn",
          "d.n",
          "bd",
          "fdn",
          "f.n",
          "f. n",
          "nac",
          "imiento",
          "nasc",
          "geb",
          "dat",
          "datum",
          "dt",
          "naiss",
          "birth",
          "birthdate",
          "birth date",
          "birthday",
          "born",
          "born on",
          "geboren",
          "geboren am",
          "geburtstag",
          "n\u00E9 le",
          "n\u00E9e le",
          "naissance",
          "nacido",
          "nacida",
          "nacido el",
          "nacida el",
          "nato",
          "nata",
          "nato il",
          "nata il",
          "nascita",
          "nascido",
          "nascida",
          "nascido em",
          "nascida em",
          "nascimento",
          "\u51FA\u751F",
          "\u65E5",
          "\u65E5\u671F",
          "\uC77C");

  private static final String RUSSIAN = "\u0440\u043E\u0436";

  /** A line of a table that heads columns with dates of birth. */
  private record Head(int cells, Set<Integer> columns) {}

  private final ReportText text;
  private final Set<LocalDate> known;
  private final NavigableMap<Integer, Head> heads;

  /**
   * @param known the patient's own, as the study's header or message has them
   */
  BirthDates(ReportText text, Set<LocalDate> known) {
    this.text = text;
    this.known = known;
    this.heads = heads(text.original());
  }

  /** Whether what stands before the place, or at the head of its column, says so. */
  boolean isOne(int start) {
    return isSigned(start) || isInColumn(start);
  }

  /**
   * Whether it is the patient's own, with day and month in either order, or its month: moved, it
   * would tell by how much all others were.
   */
  boolean isKnown(DateForm.Match match, LocalDate date) {
    boolean year = match.has("y") || match.has("z");
    boolean day = match.has("d");
    return year
        && known.stream()
            .anyMatch(
                birth ->
                    birth.getYear() % CENTURY == date.getYear() % CENTURY
                        && (isSame(birth, date, day) || (day && isSwapped(birth, date))));
  }

  private static boolean isSame(LocalDate birth, LocalDate date, boolean day) {
    return birth.getMonthValue() == date.getMonthValue()
        && (!day || birth.getDayOfMonth() == date.getDayOfMonth());
  }

  private static boolean isSwapped(LocalDate birth, LocalDate date) {
    return birth.getMonthValue() == date.getDayOfMonth()
        && birth.getDayOfMonth() == date.getMonthValue();
  }

  private boolean isSigned(int start) {
    String before = text.between(Math.max(0, start - LOOK_BACK), start);
    int end = before.length();
    while (end > 0 && before.length() - end < MOST_MARKS && isMark(before.charAt(end - 1))) {
      end--;
    }
    String sign = before.substring(0, end).toLowerCase(Locale.ROOT);
    boolean likely =
        before.endsWith("*")
            || SIGNS_END.stream().anyMatch(sign::endsWith)
            || sign.contains(RUSSIAN);
    return likely && BEFORE.matcher(before).find();
  }

  private static boolean isMark(char c) {
    return MARKS.indexOf(c) >= 0 || Character.isWhitespace(c);
  }

  private static NavigableMap<Integer, Head> heads(String text) {
    NavigableMap<Integer, Head> heads = new TreeMap<>();
    int start = 0;
    for (String line : text.split("\n", -1)) {
      String[] cells = CELL_END.split(line, -1);
      Set<Integer> columns = new HashSet<>();
      for (int i = 0; cells.length > 1 && i < cells.length; i++) {
        if (HEAD.matcher(cells[i]).matches()) {
          columns.add(i);
        }
      }
      if (!columns.isEmpty()) {
        heads.put(start, new Head(cells.length, columns));
      }
      start += line.length() + 1;
    }
    return heads;
  }

  /** Whether the cell of a table has a head that says so. */
  private boolean isInColumn(int start) {
    if (heads.isEmpty()) {
      return false;
    }
    String before = text.original().substring(Math.max(0, start - TABLE), start);
    int line = start - before.length() + before.lastIndexOf('\n') + 1;
    int column = CELL_END.split(text.original().substring(line, start), -1).length - 1;
    return heads.subMap(start - TABLE, true, Math.max(line, start - TABLE), false).values().stream()
        .anyMatch(head -> head.cells() > column && head.columns().contains(column));
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

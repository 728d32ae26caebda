package io.radstream.deidentification.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What has a form of its own, as a phone number, or stands where only it can stand. */
final class PatternFinder implements Finder {

  /** The part of an expression that gives way; all of it where there is none. */
  private static final String PART = "x";

  private record Form(Kind kind, Pattern pattern, Beginnings beginnings, When when, boolean part) {}

  /** In which texts a form is looked for: capitals say nothing where there is nothing else. */
  private enum When {
    ALWAYS,
    MIXED,
    CAPITALS
  }

  /** Kinds that may do without a digit. */
  private static final Set<Kind> WITHOUT_DIGITS = Set.of(Kind.NAME, Kind.MAIL, Kind.URL);

  private static final int LOOK_AHEAD = 12;

  private static final Pattern UNIT =
      Pattern.compile(
          " ?(?:mm|cm|m|ml|mL|cc|HU|mg|mcg|g|kg|kV|kVp|mAs|mSv|mGy|Gy|Hz|MHz|mmHg|ms|bpm|%|percent|degrees|views|images)(?:[^\\pL0-9]|$)");

  private final Set<String> afterNames = WordList.words("after-names.txt");
  private final Set<String> particles = WordList.words("particles.txt");
  private final List<Form> forms;

  private PatternFinder(List<Form> forms) {
    this.forms = List.copyOf(forms);
  }

  /** The forms of this package's own table. */
  static PatternFinder read() {
    Map<String, String> macros = new HashMap<>();
    List<Form> forms = new ArrayList<>();
    for (String line : WordList.lines("patterns.tsv")) {
      String[] cells = line.split("\t", -1);
      String expression = expand(cells[2], macros);
      if (cells[0].equals("=")) {
        macros.put(cells[1], expression);
      } else {
        boolean part = expression.contains("(?<" + PART + ">");
        Pattern pattern = Pattern.compile(expression, Pattern.UNICODE_CASE);
        When when = When.valueOf(cells[1]);
        forms.add(new Form(Kind.valueOf(cells[0]), pattern, Beginnings.of(pattern), when, part));
      }
    }
    return new PatternFinder(forms);
  }

  private static String expand(String expression, Map<String, String> macros) {
    String expanded = expression;
    for (Map.Entry<String, String> macro : macros.entrySet()) {
      expanded = expanded.replace("<<" + macro.getKey() + ">>", macro.getValue());
    }
    return expanded;
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    boolean digits = text.folded().chars().anyMatch(Character::isDigit);
    int[] borders = borders(text.folded());
    for (Form form : forms) {
      boolean fits =
          form.when() == When.ALWAYS || (form.when() == When.CAPITALS) == text.capitals();
      if (fits && (digits || WITHOUT_DIGITS.contains(form.kind()))) {
        find(form, text, borders, found);
      }
    }
  }

  /** Where something may begin: within a word or a number nothing does. */
  private static int[] borders(String text) {
    return IntStream.range(0, text.length())
        .filter(at -> at == 0 || !isOfWord(text.codePointBefore(at)))
        .toArray();
  }

  private static boolean isOfWord(int letter) {
    return Character.isLetterOrDigit(letter)
        || Character.getType(letter) == Character.LETTER_NUMBER
        || Character.getType(letter) == Character.OTHER_NUMBER;
  }

  private void find(Form form, ReportText text, int[] borders, Consumer<Span> found) {
    String folded = text.folded();
    Matcher matcher =
        form.pattern().matcher(folded).useTransparentBounds(true).useAnchoringBounds(false);
    int from = 0;
    for (int at : borders) {
      if (at >= from
          && form.beginnings().have(folded.charAt(at))
          && text.standsFree(at, at)
          && matcher.region(at, folded.length()).lookingAt()) {
        from = take(form, text, matcher, found);
      }
    }
  }

  /** What was found, if it stands free; gives the place from which to go on. */
  private int take(Form form, ReportText text, Matcher matcher, Consumer<Span> found) {
    int start = form.part() ? matcher.start(PART) : matcher.start();
    int end = form.part() ? matcher.end(PART) : matcher.end();
    // What stands behind the part, as in 94yo, is of the form.
    int border = end < matcher.end() ? matcher.end() : end;
    boolean free = text.standsFree(start, start) && text.standsFree(border, border);
    if (free && end > start) {
      accept(form, text, start, end, found);
    }
    return free ? Math.max(matcher.end(), matcher.start() + 1) : matcher.start() + 1;
  }

  private void accept(Form form, ReportText text, int start, int end, Consumer<Span> found) {
    if (form.kind() == Kind.NAME) {
      int behind = nameEnd(text, start, end);
      if (behind > start) {
        found.accept(Span.out(start, behind, Kind.NAME));
      }
    } else if (form.kind() == Kind.ADDRESS || !isMeasure(text, end)) {
      found.accept(Span.out(start, end, form.kind()));
    }
  }

  /** Before the first word that belongs to the report; the start where the first does. */
  private int nameEnd(ReportText text, int start, int end) {
    List<Word> words = new ReportText(text.between(start, end)).words();
    int last = start;
    for (int i = 0; i < words.size(); i++) {
      boolean dotted = text.folded().startsWith(".", start + words.get(i).end());
      boolean initial = words.get(i).isInitial() && dotted;
      if (isAfterName(words.get(i)) && !initial && !isWithinName(words, i)) {
        return last;
      }
      last = start + words.get(i).end();
    }
    return end;
  }

  private boolean isAfterName(Word word) {
    return afterNames.contains(word.text().toLowerCase(Locale.ROOT));
  }

  /** Whether it is an initial or a particle that more of the name follows. */
  private boolean isWithinName(List<Word> words, int i) {
    Word word = words.get(i);
    boolean initial = word.text().length() == 1 && Character.isUpperCase(word.text().charAt(0));
    return (initial || particles.contains(word.text().toLowerCase(Locale.ROOT)))
        && i + 1 < words.size()
        && (!isAfterName(words.get(i + 1)) || isWithinName(words, i + 1));
  }

  /** Whether a unit follows: then the digits are a measure. */
  private static boolean isMeasure(ReportText text, int end) {
    return UNIT.matcher(text.between(end, Math.min(text.folded().length(), end + LOOK_AHEAD)))
        .lookingAt();
  }
}

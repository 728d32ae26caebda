package io.radstream.radiology.report;

import io.radstream.radiology.report.Closings.Closing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the headings of a report, line by line, in time that grows with the report's length alone.
 * A heading is
 *
 * <ul>
 *   <li>at the start of a line, a name before a colon: in capitals, or one that is known;
 *   <li>a known name alone in its line, or any name there that is made to stand out;
 *   <li>within a line, a known name before a colon, behind the end of a sentence or in capitals.
 * </ul>
 *
 * <p>A label inside of Findings ("LUNGS:") is text; elsewhere it begins findings.
 */
final class HeadingScan {

  /** Longest name, in characters. */
  private static final int LONGEST = 100;

  private static final int MOST_WORDS = 8;

  private final HeadingNames names = HeadingNames.known();
  private final boolean shouted;
  private final List<Heading> headings = new ArrayList<>();

  private HeadingScan(String report) {
    this.shouted = isShouted(report);
  }

  /** In their order. */
  static List<Heading> of(String report) {
    HeadingScan scan = new HeadingScan(report);
    List<Line> lines = Line.of(report);
    for (int i = 0; i < lines.size(); i++) {
      Optional<Line> rule =
          lines.subList(i + 1, Math.min(i + 2, lines.size())).stream()
              .filter(next -> Decoration.isRule(next.text()))
              .findFirst();
      scan.line(lines.get(i), rule);
    }
    return scan.headings;
  }

  /** In a report that is all capitals, capitals do not make a heading. */
  private static boolean isShouted(String report) {
    long upper = report.codePoints().filter(Character::isUpperCase).count();
    long lower = report.codePoints().filter(Character::isLowerCase).count();
    return upper > 4 * lower;
  }

  private void line(Line line, Optional<Line> rule) {
    String text = line.text();
    int from = Decoration.skip(text, 0, text.length());
    Optional<Closing> closing = Closings.in(text, from);
    int to = closing.map(Closing::begin).orElse(text.length());
    if (from < to && !alone(line, from, to, rule)) {
      withColons(line, behindDash(line, from, to), to, true);
    }
    if (closing.isPresent()) {
      add(line, to, to, to, HeadingRole.CLOSING, to);
      withColons(line, closing.get().end(), text.length(), false);
    }
  }

  /**
   * @param begin of what belongs to the heading
   * @param from of its name
   */
  private void add(Line line, int begin, int from, int to, HeadingRole role, int end) {
    String name = line.text().substring(from, to);
    headings.add(new Heading(name, role, line.begin() + begin, line.begin() + end));
  }

  private boolean inKept() {
    return !headings.isEmpty() && headings.get(headings.size() - 1).role().isKept();
  }

  /**
   * A name that has the line to itself.
   *
   * @param rule under the line
   */
  private boolean alone(Line line, int from, int to, Optional<Line> rule) {
    String text = line.text();
    int end = Decoration.trim(text, from, to);
    if (end <= from || end - from > LONGEST || line.colon(from, end) >= 0) {
      return false;
    }
    HeadingName name = HeadingName.of(text.substring(from, end));
    boolean marked = rule.isPresent() || text.substring(0, from).strip().startsWith("#");
    boolean capital = !Character.isLowerCase(text.charAt(from)) || marked;
    Optional<HeadingRole> role = capital ? names.alone(name, marked) : Optional.empty();
    if (role.isEmpty() && marked && !(inKept() && names.isLabel(name))) {
      role = Optional.of(names.isLabel(name) ? HeadingRole.FINDINGS : HeadingRole.CONTEXT);
    }
    int behind =
        rule.map(under -> under.begin() - line.begin() + under.text().length())
            .orElse(text.length());
    role.ifPresent(found -> add(line, 0, from, end, found, behind));
    return role.isPresent();
  }

  /** "IMPRESSION - ...", "IMPRESSION. ...": only what is kept has such headings. */
  private int behindDash(Line line, int from, int to) {
    String text = line.text();
    int end = from;
    while (end < to && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '/')) {
      end++;
    }
    int behind = Decoration.skip(text, end, to);
    if (behind < to && text.charAt(behind) == '.') {
      behind = Decoration.skip(text, behind + 1, to);
    }
    String between = text.substring(end, behind).strip();
    if (behind == to || between.isEmpty() || end - from > LONGEST) {
      return from;
    }
    HeadingName name = HeadingName.of(text.substring(from, end));
    Optional<HeadingRole> role =
        name.shouted() ? names.anywhere(name).filter(HeadingRole::isKept) : Optional.empty();
    if (role.isEmpty()) {
      return from;
    }
    add(line, 0, from, end, role.get(), behind);
    return behind;
  }

  /**
   * @param start whether the text from {@code from} on is the beginning of the line, or stands
   *     right behind a heading
   */
  private void withColons(Line line, int from, int to, boolean start) {
    String text = line.text();
    int begin = from;
    boolean atStart = start;
    for (int colon = line.colon(begin, to); colon >= 0; colon = line.colon(begin, to)) {
      boolean found =
          (atStart && atStart(line, begin, colon, to)) || within(line, begin, colon, to);
      begin = found ? Decoration.skipBehind(text, colon + 1, to) : colon + 1;
      atStart = found;
    }
  }

  private boolean atStart(Line line, int from, int colon, int to) {
    String text = line.text();
    int begin = Decoration.skip(text, Decoration.skipNumber(text, from, colon), colon);
    int end = Decoration.trim(text, begin, colon);
    boolean item = inKept() && Decoration.skipNumber(text, from, colon) > from;
    if (item || end <= begin || end - begin > LONGEST || line.hasSentenceEnd(begin, end)) {
      return false;
    }
    HeadingName name = HeadingName.of(text.substring(begin, end));
    boolean lineStart = Decoration.skip(text, 0, from) == from;
    int behind = Decoration.skipBehind(text, colon + 1, to);
    boolean label = names.isLabel(name) || (behind < to && isSentence(name));
    Optional<HeadingRole> role =
        names
            .beforeColon(name)
            .filter(known -> !label)
            .or(
                () ->
                    lineStart && !label && !isLineOfFindings(line)
                        ? unlisted(name)
                        : Optional.empty());
    if (role.isPresent()) {
      add(line, lineStart ? 0 : begin, begin, end, role.get(), behind);
    } else if (lineStart && names.isLabel(name) && !inKept() && !headings.isEmpty()) {
      add(line, 0, begin, end, HeadingRole.FINDINGS, begin);
    }
    return role.isPresent();
  }

  /** "AP chest: …" is how a sentence begins, unless it stands among headings. */
  private boolean isSentence(HeadingName name) {
    return names.isTitle(name) && !name.shouted() && (inKept() || headings.isEmpty());
  }

  /** Right below a line of findings stands another one, whatever its label. */
  private boolean isLineOfFindings(Line line) {
    return line.follows()
        && inKept()
        && headings.get(headings.size() - 1).role() != HeadingRole.IMPRESSION;
  }

  /** Whatever else is in capitals. */
  private Optional<HeadingRole> unlisted(HeadingName name) {
    return name.shouted() && !shouted && name.key().length() > 2
        ? Optional.of(HeadingRole.CONTEXT)
        : Optional.empty();
  }

  /** The longest known name that ends at a colon. */
  private boolean within(Line line, int from, int colon, int to) {
    String text = line.text();
    int end = Decoration.trim(text, from, colon);
    int found = -1;
    HeadingRole role = HeadingRole.CONTEXT;
    int begin = line.wordBegin(from, end);
    for (int words = 1; words <= MOST_WORDS && begin >= 0 && end - begin <= LONGEST; words++) {
      HeadingName name = HeadingName.of(text.substring(begin, end));
      Optional<HeadingRole> known = within(name, line.isBehindSentence(begin));
      if (known.isPresent() && Character.isLetterOrDigit(text.charAt(begin))) {
        found = begin;
        role = known.get();
      }
      begin = line.wordBegin(from, begin - 1);
    }
    if (found >= 0) {
      add(line, found, found, end, role, Decoration.skipBehind(text, colon + 1, to));
    }
    return found >= 0;
  }

  /** Behind a sentence of what is kept, "Report: ..." may be a sentence as well. */
  private Optional<HeadingRole> within(HeadingName name, boolean behindSentence) {
    if (!name.shouted()) {
      if (!behindSentence) {
        return Optional.empty();
      }
      return inKept() ? names.anywhere(name) : names.listed(name);
    }
    Optional<HeadingRole> known = names.anywhere(name).or(() -> names.misspelt(name));
    return behindSentence && known.isEmpty() && names.isTitle(name) && !names.isLabel(name)
        ? Optional.of(HeadingRole.FINDINGS)
        : known;
  }
}

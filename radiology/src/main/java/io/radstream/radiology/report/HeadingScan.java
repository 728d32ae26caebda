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
 *   <li>a known name in a box, or before a dash;
 *   <li>within a line, a known name before a colon, behind the end of a sentence or in capitals.
 * </ul>
 *
 * <p>A label inside of Findings ("LUNGS:") is text; elsewhere it begins findings. So does a
 * sentence like "AP chest: ..." before all headings, where there are any.
 */
final class HeadingScan {

  /** Longest name, in characters. */
  private static final int LONGEST = 100;

  /** Longest unknown name that stands out, in words; more are a sentence. */
  private static final int MOST_WORDS_MARKED = 5;

  private final HeadingNames names = HeadingNames.known();
  private final boolean shouted;
  private final List<Heading> headings = new ArrayList<>();

  /** What begins findings at the report's very beginning, if any heading follows. */
  private Optional<Heading> opening = Optional.empty();

  /** Whether no sentence of the line before can go on. */
  private boolean begins = true;

  private boolean hasText;

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
      scan.hasText |= !lines.get(i).isBlank();
      Line line = lines.get(i);
      scan.begins =
          line.isBlank() || line.isEnded() || Decoration.isRule(line.text()) || scan.isClosed();
    }
    if (scan.headings.stream().anyMatch(heading -> heading.role() != HeadingRole.CLOSING)) {
      scan.opening.ifPresent(heading -> scan.headings.add(0, heading));
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
    Optional<Closing> closing = Closings.in(text, from, begins);
    int to = closing.map(Closing::begin).orElse(text.length());
    Optional<LineHeading> bare = BareHeadings.in(text, from, to);
    boolean goesOn = bare.filter(heading -> heading.behind() < to).isPresent();
    if (from < to && (goesOn || !alone(line, from, to, rule))) {
      bare.ifPresent(heading -> add(line, 0, heading));
      withColons(line, bare.map(LineHeading::behind).orElse(from), to, true);
    }
    if (closing.isPresent()) {
      add(line, to == from ? 0 : to, new LineHeading(to, to, HeadingRole.CLOSING, to));
      withColons(line, closing.get().end(), text.length(), false);
    }
  }

  /**
   * @param begin of what belongs to the heading
   */
  private void add(Line line, int begin, LineHeading heading) {
    headings.add(heading.in(line, begin));
  }

  private boolean isClosed() {
    return !headings.isEmpty() && headings.get(headings.size() - 1).role() == HeadingRole.CLOSING;
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
    if (role.isEmpty() && marked && isName(text, from, end, name)) {
      boolean label = names.isLabel(name);
      role = Optional.of(label ? HeadingRole.FINDINGS : HeadingRole.CONTEXT);
      role = label && inKept() ? Optional.empty() : role;
    }
    int behind =
        rule.map(under -> under.begin() - line.begin() + under.text().length())
            .orElse(text.length());
    role.ifPresent(found -> add(line, 0, new LineHeading(from, end, found, behind)));
    return role.isPresent();
  }

  private static boolean isName(String text, int from, int end, HeadingName name) {
    return Character.isLetter(text.charAt(from))
        && ".;,!?".indexOf(text.charAt(end - 1)) < 0
        && name.words().size() <= MOST_WORDS_MARKED;
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
      boolean found = atStart ? atStart(line, begin, colon, to) : within(line, begin, colon, to);
      begin = found ? Decoration.skipBehind(text, colon + 1, to) : colon + 1;
      atStart = found;
    }
  }

  private boolean atStart(Line line, int from, int colon, int to) {
    String text = line.text();
    int number = Decoration.skipNumber(text, from, colon);
    int begin = Decoration.skip(text, number, colon);
    int end = Decoration.trim(text, begin, colon);
    if (end <= begin
        || end - begin > LONGEST
        || !Character.isLetterOrDigit(text.charAt(begin))
        || line.hasSentenceEnd(begin, end)) {
      return within(line, from, colon, to);
    }
    HeadingName name = HeadingName.of(text.substring(begin, end));
    boolean lineStart = Decoration.skip(text, 0, from) == from;
    boolean label = names.isLabel(name) && (inKept() || headings.isEmpty() || !isViewOnly(name));
    int behind = Decoration.skipBehind(text, colon + 1, to);
    boolean sentence = names.isTitle(name) && !name.shouted() && behind < to;
    if (number > from && inKept() && !name.shouted()) {
      return within(line, from, colon, to);
    }
    if (label && inKept()) {
      return !name.shouted() && !names.isPlainLabel(name) && within(line, from, colon, to);
    }
    if (lineStart && sentence && mayOpen()) {
      opening = Optional.of(new LineHeading(begin, end, HeadingRole.FINDINGS, behind).in(line, 0));
      return false;
    }
    Optional<HeadingRole> role =
        names
            .beforeColon(name)
            .filter(known -> !label && !(sentence && (inKept() || headings.isEmpty())))
            .or(() -> lineStart && !label ? unlisted(line, name) : Optional.empty());
    role.ifPresent(
        found -> add(line, lineStart ? 0 : begin, new LineHeading(begin, end, found, behind)));
    if (role.isEmpty() && lineStart && names.isPlainLabel(name)) {
      label(line, name, begin, end, behind);
      return false;
    }
    return role.isPresent() || within(line, from, colon, to);
  }

  private boolean isViewOnly(HeadingName name) {
    return name.shouted() && names.hasView(name);
  }

  /** A label where nothing is kept yet; one that only tells of the picture is no text. */
  private void label(Line line, HeadingName name, int begin, int end, int behind) {
    int text = names.isTitle(name) ? behind : begin;
    Heading heading = new LineHeading(begin, end, HeadingRole.FINDINGS, text).in(line, 0);
    if (mayOpen()) {
      opening = Optional.of(heading);
    } else if (!headings.isEmpty() && (name.shouted() || !line.follows() || !isAsking())) {
      headings.add(heading);
    }
  }

  private boolean mayOpen() {
    return headings.isEmpty() && opening.isEmpty() && !hasText;
  }

  private boolean isAsking() {
    return names.asks(HeadingName.of(headings.get(headings.size() - 1).name()));
  }

  /** Right below a line of findings stands another one, whatever its label. */
  private boolean isLineOfFindings(Line line) {
    return line.follows()
        && inKept()
        && headings.get(headings.size() - 1).role() != HeadingRole.IMPRESSION;
  }

  /** Whatever else is in capitals. */
  private Optional<HeadingRole> unlisted(Line line, HeadingName name) {
    boolean text = (inKept() && line.isItem()) || isLineOfFindings(line);
    return name.shouted() && !shouted && name.key().length() > 2 && !text
        ? Optional.of(HeadingRole.CONTEXT)
        : Optional.empty();
  }

  private boolean within(Line line, int from, int colon, int to) {
    Optional<LineHeading> found =
        InlineHeadings.before(line, from, colon, to, inKept() || headings.isEmpty());
    found.ifPresent(heading -> add(line, heading.from(), heading));
    return found.isPresent();
  }
}

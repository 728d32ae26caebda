package io.radstream.radiology.report;

import io.radstream.radiology.report.ReportSections.Kind;
import io.radstream.radiology.report.ReportSections.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Cuts a report into sections and decides which of them are kept. For one report. */
final class SectionReader {

  private static final Pattern DATE = Pattern.compile("\\d[-/.:]\\d|_{2}");

  private final String report;
  private final List<Heading> headings;
  private final List<Section> sections = new ArrayList<>();

  /** Where the report itself begins: behind the heading that ends what was preliminary. */
  private int begin;

  SectionReader(String report) {
    this.report = report;
    this.headings = new ArrayList<>(HeadingScan.of(report));
  }

  List<Section> read() {
    dropPreliminary();
    turnLeadingClosings();
    turnGivenDiagnosis();
    if (headings.stream().allMatch(heading -> heading.role() == HeadingRole.CLOSING)) {
      add("", Set.of(Kind.WHOLE), text(begin, end(-1)));
      addHeadings();
      return sections;
    }
    int before = sections.size();
    add("", Set.of(), text(begin, end(-1)));
    boolean hasBefore = sections.size() > before;
    addHeadings();
    if (sections.stream().noneMatch(Section::isKept) && !keepLastParagraph() && hasBefore) {
      keep(before, Kind.BEFORE_HEADINGS);
    }
    return sections;
  }

  /** What stands before the first FINAL REPORT that a report follows. */
  private void dropPreliminary() {
    for (int i = 0; i < headings.size() && begin == 0; i++) {
      Heading heading = headings.get(i);
      if (heading.role() == HeadingRole.FINAL && hasReport(i)) {
        add("", Set.of(), text(0, heading.begin()));
        begin = heading.end();
        headings.subList(0, i + 1).clear();
      }
    }
    headings.replaceAll(
        heading -> heading.role() == HeadingRole.FINAL ? heading.as(HeadingRole.CLOSING) : heading);
  }

  /** As a line at the foot it ends nothing: what was kept stands before it. */
  private boolean hasReport(int at) {
    boolean keptBefore = headings.subList(0, at).stream().anyMatch(h -> h.role().isKept());
    boolean keptBehind =
        headings.subList(at + 1, headings.size()).stream().anyMatch(h -> h.role().isKept());
    boolean anything = at + 1 < headings.size() || !text(headings.get(at).end(), end(at)).isEmpty();
    return keptBehind || (anything && !keptBefore);
  }

  /** Numbers and dates at a report's head do not close it. */
  private void turnLeadingClosings() {
    boolean isHead = text(begin, end(-1)).isEmpty();
    for (int i = 0; isHead && i < headings.size(); i++) {
      Heading heading = headings.get(i);
      if (heading.role() == HeadingRole.CLOSING) {
        headings.set(i, heading.as(HeadingRole.CONTEXT));
      }
      isHead = !heading.role().isKept() && blankLine(text(heading.end(), end(i))) < 0;
    }
  }

  /** A diagnosis above what was examined, and above what was found, came with the request. */
  private void turnGivenDiagnosis() {
    boolean examination = false;
    boolean found = false;
    for (int i = headings.size() - 1; i >= 0; i--) {
      Heading heading = headings.get(i);
      boolean diagnosis = HeadingNames.known().isDiagnosis(HeadingName.of(heading.name()));
      if (diagnosis && examination) {
        headings.set(i, heading.as(HeadingRole.CONTEXT));
      }
      examination |= found && heading.role() == HeadingRole.CONTEXT;
      found |= heading.role() == HeadingRole.FINDINGS;
    }
  }

  private void addHeadings() {
    for (int i = 0; i < headings.size(); i++) {
      Heading heading = headings.get(i);
      String text = text(heading.end(), end(i));
      add(
          heading.name(),
          heading.role().kinds(),
          heading.role().isKept() ? withoutTitle(text) : text);
    }
  }

  /** Where the text ends that is behind a heading. */
  private int end(int heading) {
    return heading + 1 < headings.size() ? headings.get(heading + 1).begin() : report.length();
  }

  private void add(String name, Set<Kind> kinds, String text) {
    if (!text.isEmpty()) {
      sections.add(new Section(name, kinds, text));
    }
  }

  /** Findings that follow the last heading behind a blank line, without one of their own. */
  private boolean keepLastParagraph() {
    int last = headings.size() - 1;
    while (last >= 0 && headings.get(last).role() == HeadingRole.CLOSING) {
      last--;
    }
    if (last < 0) {
      return false;
    }
    String text = text(headings.get(last).end(), end(last));
    int blank = blankLine(text);
    String behind = blank < 0 ? "" : withoutTitle(text.substring(blank));
    if (behind.isEmpty()) {
      return false;
    }
    String name = headings.get(last).name();
    int at = sections.lastIndexOf(new Section(name, Set.of(), text));
    sections.set(at, new Section(name, Set.of(), text.substring(0, blank).strip()));
    sections.add(at + 1, new Section("", Set.of(Kind.LAST_PARAGRAPH), behind));
    return true;
  }

  private static int blankLine(String text) {
    return Line.of(text).stream()
        .filter(Line::isBlank)
        .mapToInt(Line::begin)
        .findFirst()
        .orElse(-1);
  }

  private void keep(int index, Kind kind) {
    Section section = sections.get(index);
    String text = withoutTitle(section.text());
    if (!text.isEmpty()) {
      sections.set(index, new Section(section.name(), Set.of(kind), text));
    }
  }

  /** Without the lines at its beginning that only tell how the picture was taken. */
  private static String withoutTitle(String text) {
    List<Line> lines = Line.of(text).stream().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i < lines.size(); i++) {
      boolean ends = i + 1 == lines.size() || !goesOn(lines.get(i + 1));
      if (!(ends && isTitle(lines.get(i)))) {
        return strip(text, lines.get(i).begin(), text.length());
      }
    }
    return "";
  }

  /** A line without any word is a date or a number that belongs to the title before it. */
  private static boolean isTitle(Line line) {
    if (line.text().strip().endsWith(".")) {
      return false;
    }
    HeadingName name = HeadingName.of(line.text());
    HeadingNames names = HeadingNames.known();
    boolean title = name.words().size() > 1 && names.isTitle(name);
    return name.words().isEmpty()
        || title
        || (names.isTime(name) && DATE.matcher(line.text()).find());
  }

  /** Whether a line is the rest of a sentence that the one before it began. */
  private static boolean goesOn(Line line) {
    return Character.isLowerCase(line.text().strip().charAt(0));
  }

  private String text(int from, int to) {
    return strip(report, from, to);
  }

  private static String strip(String text, int from, int to) {
    int begin = from;
    int end = to;
    while (begin < end && Decoration.isBlank(text.charAt(begin))) {
      begin++;
    }
    while (end > begin && Decoration.isBlank(text.charAt(end - 1))) {
      end--;
    }
    int last = text.lastIndexOf('\n', end - 1) + 1;
    boolean endsWithRule = last > begin && Decoration.isRule(text.substring(last, end));
    return endsWithRule ? strip(text, begin, last) : text.substring(begin, end);
  }
}

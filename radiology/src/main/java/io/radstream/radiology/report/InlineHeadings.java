package io.radstream.radiology.report;

import java.util.Optional;

/**
 * Headings within a line, before a colon: names that are known, behind the end of a sentence or in
 * capitals. Of what is kept also names that begin with a capital, as in reports that were written
 * into one line.
 */
final class InlineHeadings {

  /** Longest name, in characters. */
  private static final int LONGEST = 100;

  private static final int MOST_WORDS = 8;

  private InlineHeadings() {}

  /**
   * The longest known name that ends at a colon.
   *
   * @param inKept whether what stands before it is kept
   */
  static Optional<LineHeading> before(Line line, int from, int colon, int to, boolean inKept) {
    String text = line.text();
    int end = Decoration.trim(text, from, colon);
    Optional<LineHeading> found = Optional.empty();
    int begin = line.wordBegin(from, end);
    for (int words = 1; words <= MOST_WORDS && begin >= 0 && end - begin <= LONGEST; words++) {
      HeadingName name = HeadingName.of(text.substring(begin, end));
      char initial = text.charAt(begin);
      boolean breaksIn =
          Character.isUpperCase(initial) && HeadingNames.known().breaksIn(name, inKept);
      Optional<HeadingRole> role =
          Character.isLetterOrDigit(initial)
              ? role(name, breaksIn || line.isBehindSentence(begin), inKept)
              : Optional.empty();
      if (role.isPresent()) {
        int behind = Decoration.skipBehind(text, colon + 1, to);
        found = Optional.of(new LineHeading(begin, end, role.get(), behind));
      }
      begin = line.wordBegin(from, begin - 1);
    }
    return found;
  }

  /** Behind a sentence of what is kept, "Report: ..." may be a sentence as well. */
  private static Optional<HeadingRole> role(
      HeadingName name, boolean behindSentence, boolean inKept) {
    HeadingNames names = HeadingNames.known();
    if (!name.shouted()) {
      if (!behindSentence) {
        return Optional.empty();
      }
      return inKept ? names.anywhere(name) : names.listed(name);
    }
    Optional<HeadingRole> known = names.anywhere(name).or(() -> names.misspelt(name));
    return behindSentence && known.isEmpty() && names.isTitle(name) && !names.isLabel(name)
        ? Optional.of(HeadingRole.FINDINGS)
        : known;
  }
}

package io.radstream.deidentification.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** The study's own numbers, with whatever separators they are written. */
final class KnownNumbers implements Finder {

  /** Shorter ones stand for something else as often as not. */
  private static final int SHORTEST = 4;

  /** Between two characters of a number. */
  private static final String SEPARATORS = " -./_()";

  private static final int LONGEST = 64;

  private static final Set<String> UNITS =
      Set.of("ml", "cc", "mg", "g", "kg", "mm", "cm", "m", "hu", "ms", "s", "h", "hz", "hrs", "l");

  private final Set<String> numbers = new HashSet<>();
  private final int longest;

  KnownNumbers(Set<String> known) {
    for (String number : known) {
      String bare = bare(number);
      if (bare.length() >= SHORTEST && bare.chars().anyMatch(Character::isDigit)) {
        numbers.add(bare);
        String withoutZeros = bare.replaceFirst("^0+", "");
        if (withoutZeros.length() > SHORTEST) {
          numbers.add(withoutZeros);
        }
      }
    }
    longest = Math.min(LONGEST, numbers.stream().mapToInt(String::length).max().orElse(0));
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    for (int start = 0; longest > 0 && start < text.folded().length(); start++) {
      if (isPart(text.folded().charAt(start)) && (start == 0 || isBorder(text.folded(), start))) {
        int end = end(text.folded(), start);
        if (end > start) {
          found.accept(Span.out(start, end, Kind.NUMBER));
        }
      }
    }
  }

  /** Behind the longest known number that begins at the place; the place where there is none. */
  private int end(String text, int start) {
    StringBuilder bare = new StringBuilder();
    int end = start;
    int gap = 0;
    for (int i = start; i < text.length() && bare.length() <= longest && gap <= 2; i++) {
      char c = text.charAt(i);
      if (isPart(c)) {
        bare.append(c);
        gap = 0;
        boolean whole = i + 1 == text.length() || isBorder(text, i + 1);
        boolean known = whole && numbers.contains(bare.toString().toLowerCase(Locale.ROOT));
        end = known && !isMeasure(text, i + 1, bare.length()) ? i + 1 : end;
      } else if (SEPARATORS.indexOf(c) >= 0) {
        gap++;
      } else {
        break;
      }
    }
    return end;
  }

  /** Whether a number may end or begin here: also between a digit and a letter. */
  private static boolean isBorder(String text, int at) {
    char before = text.charAt(at - 1);
    char behind = text.charAt(at);
    return !isPart(before)
        || !isPart(behind)
        || Character.isDigit(before) != Character.isDigit(behind);
  }

  /** Whether a short number has a unit joined to it, as 1200ml. */
  private static boolean isMeasure(String text, int end, int length) {
    int behind = end;
    while (behind < text.length() && Character.isLetter(text.charAt(behind))) {
      behind++;
    }
    return length == SHORTEST
        && UNITS.contains(text.substring(end, behind).toLowerCase(Locale.ROOT));
  }

  private static String bare(String number) {
    StringBuilder bare = new StringBuilder();
    number.chars().filter(c -> isPart((char) c)).forEach(c -> bare.append((char) c));
    return bare.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c);
  }
}

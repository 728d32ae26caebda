package io.radstream.cli;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The anchors of a page's headings, as GitHub names them, and with it the site of the pages. */
final class PageAnchors {

  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern DROPPED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_ -]");

  private PageAnchors() {}

  static Set<String> of(String page) {
    Set<String> anchors = new HashSet<>();
    HEADING
        .matcher(FENCED.matcher(page).replaceAll(""))
        .results()
        .map(heading -> slug(heading.group(1)))
        .forEach(slug -> add(slug, anchors));
    return anchors;
  }

  private static String slug(String heading) {
    String text = LINK.matcher(heading.strip()).replaceAll("$1").toLowerCase(Locale.ROOT);
    return DROPPED.matcher(text).replaceAll("").replace(' ', '-');
  }

  /** The second heading of a name has -1 behind it, the third -2. */
  private static void add(String slug, Set<String> anchors) {
    String name = slug;
    for (int times = 1; !anchors.add(name); times++) {
      name = slug + "-" + times;
    }
  }
}

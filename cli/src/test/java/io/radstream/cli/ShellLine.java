package io.radstream.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line in the fenced code of a page, as a shell would split it; of several commands in a
 * line the first.
 */
record ShellLine(List<String> words) {

  private static final Pattern FENCED = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```");
  private static final Set<String> ENDS = Set.of("|", "&", "&&", ">", ";");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  static List<ShellLine> in(String page) {
    List<ShellLine> lines = new ArrayList<>();
    Matcher block = FENCED.matcher(page);
    while (block.find()) {
      block.group(1).replace("\\\n", " ").lines().map(ShellLine::split).forEach(lines::add);
    }
    return lines;
  }

  private static ShellLine split(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find() && !word.group().startsWith("#") && !ENDS.contains(word.group())) {
      for (int quoting = 1; quoting <= word.groupCount(); quoting++) {
        if (word.group(quoting) != null) {
          words.add(word.group(quoting));
        }
      }
    }
    return new ShellLine(words);
  }

  boolean startsWith(String... beginning) {
    return words.size() >= beginning.length
        && words.subList(0, beginning.length).equals(List.of(beginning));
  }

  boolean isRadstream() {
    return startsWith("./radstream") || startsWith("radstream");
  }

  List<String> from(int index) {
    return words.subList(index, words.size());
  }
}

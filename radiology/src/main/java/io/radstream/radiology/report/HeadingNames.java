package io.radstream.radiology.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the names of sections mean: by a list of names, and by rule for those that no list can hold
 * (misspelt, or telling how the picture was taken).
 */
final class HeadingNames {

  private static final String FILE = "headings.txt";
  private static final HeadingNames KNOWN = read();

  /** Long enough that a slip of the pen makes no other word. */
  private static final List<String> MISSPELT =
      List.of("findings", "finding", "impression", "impressions", "conclusion", "conclusions");

  private static final List<String> MISSPELT_CONTEXT =
      List.of("indication", "comparison", "comparisons", "technique", "examination", "history");

  private static final List<String> MISSPELT_CLOSING =
      List.of("recommendation", "recommendations", "notification", "notifications");

  /** One edit away from "impression", and yet no heading. */
  private static final Set<String> OTHER_WORDS = Set.of("expression", "compression");

  private final Map<String, HeadingRole> roles = new HashMap<>();
  private final Set<String> onlyAtLineStart = new HashSet<>();
  private final Map<String, Set<String>> words = new HashMap<>();

  private HeadingNames() {}

  static HeadingNames known() {
    return KNOWN;
  }

  /** A name of the list, wherever in the text it stands. */
  Optional<HeadingRole> anywhere(HeadingName name) {
    return onlyAtLineStart.contains(name.key()) ? Optional.empty() : listed(name);
  }

  /** A name of the list, at the start of a line. */
  Optional<HeadingRole> listed(HeadingName name) {
    return Optional.ofNullable(roles.get(name.key()));
  }

  /** A name before a colon at the start of a line: of the list, or by rule. */
  Optional<HeadingRole> beforeColon(HeadingName name) {
    return listed(name)
        .or(() -> misspelt(name))
        .or(() -> withMainWord(name, name.shouted()))
        .or(() -> name.shouted() ? byWords(name) : title(name));
  }

  /**
   * A name that has a line to itself.
   *
   * @param marked whether it is made to stand out
   */
  Optional<HeadingRole> alone(HeadingName name, boolean marked) {
    return (name.shouted() || marked ? listed(name) : anywhere(name))
        .or(() -> misspelt(name))
        .or(() -> withMainWord(name, false))
        .or(() -> name.shouted() || marked ? title(name) : Optional.empty());
  }

  /** A slip of the pen in the name of a section that every report has. */
  Optional<HeadingRole> misspelt(HeadingName name) {
    String key = name.key();
    if (key.indexOf(' ') >= 0 || OTHER_WORDS.contains(key)) {
      return Optional.empty();
    }
    for (List<String> group : List.of(MISSPELT, MISSPELT_CONTEXT, MISSPELT_CLOSING)) {
      for (String word : group) {
        if (Misspelling.of(word, key)) {
          return listed(HeadingName.of(word));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * "Impression and plan", "corrected impression", "reference findings".
   *
   * @param whatever else the name says
   */
  private Optional<HeadingRole> withMainWord(HeadingName name, boolean whatever) {
    Set<HeadingRole> found = new HashSet<>();
    boolean plain = true;
    for (String word : name.words()) {
      Optional<HeadingRole> role = mainWord(word);
      role.ifPresent(found::add);
      plain &= role.isPresent() || has("beside", word) || tellsOfViews(word);
    }
    if (found.isEmpty() || !(plain || whatever) || anyOf(name, "context words")) {
      return Optional.empty();
    }
    return Optional.of(found.size() > 1 ? HeadingRole.BOTH : found.iterator().next());
  }

  private Optional<HeadingRole> mainWord(String word) {
    return word.equals("end")
        ? Optional.empty()
        : Optional.ofNullable(roles.get(word))
            .filter(HeadingRole::isKept)
            .filter(role -> !onlyAtLineStart.contains(word))
            .or(() -> misspelt(new HeadingName(word, true)).filter(HeadingRole::isKept));
  }

  private Optional<HeadingRole> byWords(HeadingName name) {
    long views = name.words().stream().filter(this::tellsOfViews).count();
    if (views < 3 && anyOf(name, "context words")) {
      return Optional.of(HeadingRole.CONTEXT);
    }
    return views > 0 ? Optional.of(HeadingRole.FINDINGS) : Optional.empty();
  }

  private Optional<HeadingRole> title(HeadingName name) {
    return isTitle(name) ? Optional.of(HeadingRole.FINDINGS) : Optional.empty();
  }

  /** Whether a line tells how the picture was taken, and nothing else. */
  boolean isTitle(HeadingName name) {
    List<String> said = name.words();
    return said.stream().anyMatch(this::tellsOfViews)
        && said.stream().allMatch(word -> tellsOfViews(word) || has("title words", word));
  }

  private boolean tellsOfViews(String word) {
    return has("view words", word) || word.contains("chest");
  }

  /** A label inside of Findings, as "Lungs", "Chest" or "Lines and tubes". */
  boolean isLabel(HeadingName name) {
    List<String> said = name.words();
    return listed(name).isEmpty()
        && (said.size() == 1
            ? tellsOfViews(said.get(0)) || isAnatomy(said.get(0))
            : !isTitle(name) && said.stream().anyMatch(this::isAnatomy));
  }

  private boolean isAnatomy(String word) {
    Set<String> anatomy = words.get("anatomy");
    for (int length = word.length(); length >= 3; length--) {
      if (anatomy.contains(word.substring(0, length) + "*")) {
        return true;
      }
    }
    return anatomy.contains(word);
  }

  private boolean anyOf(HeadingName name, String group) {
    return name.words().stream().anyMatch(word -> has(group, word));
  }

  private boolean has(String group, String word) {
    return words.get(group).contains(word);
  }

  private static HeadingNames read() {
    HeadingNames names = new HeadingNames();
    try (InputStream in = HeadingNames.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String group = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[")) {
          group = line.substring(1, line.length() - 1);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          names.add(group, line);
        }
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("%s is part of the program".formatted(FILE), e);
    }
  }

  private void add(String group, String line) {
    String key = HeadingName.of(line).key();
    Optional<HeadingRole> role = role(group);
    if (role.isEmpty()) {
      words
          .computeIfAbsent(group, all -> new HashSet<>())
          .add(line.endsWith("*") ? key + "*" : key);
      return;
    }
    // The first list that has a name counts: what is kept comes before what is left out.
    if (roles.putIfAbsent(key, role.get()) == null && line.endsWith("~")) {
      onlyAtLineStart.add(key);
    }
  }

  private static Optional<HeadingRole> role(String group) {
    for (HeadingRole role : HeadingRole.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(group)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}

package io.radstream.radiology.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lists of names and words in {@code headings.txt}, which says how they are written. */
final class HeadingVocabulary {

  private static final String FILE = "headings.txt";

  private static final int SHORTEST_BEGINNING = 3;

  private record Ending(String text, HeadingRole role) {}

  private final Map<String, HeadingRole> roles = new HashMap<>();
  private final Set<String> onlyAtLineStart = new HashSet<>();
  private final List<Ending> endings = new ArrayList<>();
  private final Map<String, Set<String>> words = new HashMap<>();

  private HeadingVocabulary() {}

  Optional<HeadingRole> role(String name) {
    return Optional.ofNullable(roles.get(name));
  }

  boolean onlyAtLineStart(String name) {
    return onlyAtLineStart.contains(name);
  }

  /** By the longest ending that fits. */
  Optional<HeadingRole> roleOfEnding(String name) {
    return endings.stream()
        .filter(ending -> name.endsWith(ending.text()))
        .map(Ending::role)
        .findFirst();
  }

  boolean has(String group, String word) {
    return words.get(group).contains(word);
  }

  /** Whether the word begins with one that the group marks with {@code *}. */
  boolean hasBeginning(String group, String word) {
    for (int length = word.length(); length >= SHORTEST_BEGINNING; length--) {
      if (has(group, word.substring(0, length) + "*")) {
        return true;
      }
    }
    return false;
  }

  static HeadingVocabulary read() {
    HeadingVocabulary vocabulary = new HeadingVocabulary();
    try (InputStream in = HeadingVocabulary.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String group = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[")) {
          group = line.substring(1, line.length() - 1);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          vocabulary.add(group, line);
        }
      }
      vocabulary.endings.sort(Comparator.comparingInt(ending -> -ending.text().length()));
      return vocabulary;
    } catch (IOException e) {
      throw new UncheckedIOException("%s is part of the program".formatted(FILE), e);
    }
  }

  private void add(String group, String line) {
    String key = HeadingName.of(line).key();
    if (line.startsWith("…")) {
      endings.add(new Ending(key, roleOfGroup(group).orElseThrow()));
      return;
    }
    Optional<HeadingRole> role = roleOfGroup(group);
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

  private static Optional<HeadingRole> roleOfGroup(String group) {
    for (HeadingRole role : HeadingRole.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(group)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}

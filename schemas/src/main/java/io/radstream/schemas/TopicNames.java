package io.radstream.schemas;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Full topic names, so that several sites or experiments can share a cluster.
 *
 * @param prefix put in front of every topic name; empty for none
 */
public record TopicNames(String prefix) {

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

  public TopicNames {
    Objects.requireNonNull(prefix, "prefix");
    if (!LEGAL.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "topic prefix may hold only letters, digits, '.', '_' and '-', at most 100: " + prefix);
    }
  }

  /**
   * The names that a topic is one of.
   *
   * @param name of the topic in full
   */
  public static TopicNames with(String name) {
    return Arrays.stream(Topic.values())
        .map(Topic::suffix)
        .filter(name::endsWith)
        .max(Comparator.comparingInt(String::length))
        .map(suffix -> new TopicNames(name.substring(0, name.length() - suffix.length())))
        .orElseGet(() -> new TopicNames(""));
  }

  public String of(Topic topic) {
    return prefix + topic.suffix();
  }

  /** The command that makes the topics, for messages. */
  public String creation() {
    return "radstream topics create" + (prefix.isEmpty() ? "" : " --topic-prefix " + prefix);
  }

  /** The schema registry subject of the topic's values (Confluent's TopicNameStrategy). */
  public String subject(Topic topic) {
    return of(topic) + "-value";
  }
}

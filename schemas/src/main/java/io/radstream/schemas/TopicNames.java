package io.radstream.schemas;

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

  public String of(Topic topic) {
    return prefix + topic.suffix();
  }

  /** The schema registry subject of the topic's values (Confluent's TopicNameStrategy). */
  public String subject(Topic topic) {
    return of(topic) + "-value";
  }
}

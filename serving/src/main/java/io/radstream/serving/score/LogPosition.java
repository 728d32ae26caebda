package io.radstream.serving.score;

import java.util.Objects;

/**
 * A place on a topic.
 *
 * @param topic by its full name
 */
public record LogPosition(String topic, int partition, long offset) {

  public LogPosition {
    Objects.requireNonNull(topic, "topic");
  }
}

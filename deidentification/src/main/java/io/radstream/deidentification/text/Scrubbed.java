package io.radstream.deidentification.text;

import java.util.Map;

/**
 * A text without what identifies.
 *
 * @param counts how many pieces gave way, by kind
 */
public record Scrubbed(String text, Map<Kind, Long> counts) {

  public Scrubbed {
    counts = Map.copyOf(counts);
  }
}

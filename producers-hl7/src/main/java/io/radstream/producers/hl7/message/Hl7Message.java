package io.radstream.producers.hl7.message;

import java.nio.charset.Charset;
import java.util.List;

/**
 * A message taken apart.
 *
 * @param charset that it was in
 * @param segments in their order, the header first
 */
public record Hl7Message(Hl7Header header, Charset charset, List<Hl7Segment> segments) {

  public Hl7Message {
    segments = List.copyOf(segments);
  }

  /** The header as a segment. */
  public Hl7Segment first() {
    return segments.get(0);
  }
}

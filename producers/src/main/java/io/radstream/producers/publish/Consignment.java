package io.radstream.producers.publish;

import java.util.List;

/**
 * Items that stand or fall together: all of their records are on the topics, with the marks, or
 * none. Where one item is refused, nothing of the consignment is sent and nothing remembered.
 *
 * @param items in their order; none where only marks are to be remembered
 */
public record Consignment(List<SourceItem> items, List<Mark> marks) {

  public Consignment {
    items = List.copyOf(items);
    marks = List.copyOf(marks);
  }

  /** One item of which nothing is remembered. */
  public static Consignment of(SourceItem item) {
    return new Consignment(List.of(item), List.of());
  }
}

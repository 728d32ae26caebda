package io.radstream.producers.publish;

import java.util.List;

/**
 * Items that stand or fall together: all of their records are on the topics, with the marks, or
 * none. Where one item is refused, nothing of the consignment is sent and nothing remembered.
 *
 * @param items in their order; none where only marks are to be remembered
 * @param origin for the site alone
 */
public record Consignment(List<SourceItem> items, List<Mark> marks, Origin origin) {

  public Consignment {
    items = List.copyOf(items);
    marks = List.copyOf(marks);
  }

  /** Of which the source does not tell where it came from. */
  public Consignment(List<SourceItem> items, List<Mark> marks) {
    this(items, marks, Origin.UNTOLD);
  }

  /** One item of which nothing is remembered. */
  public static Consignment of(SourceItem item) {
    return new Consignment(List.of(item), List.of());
  }

  public Consignment from(Origin place) {
    return new Consignment(items, marks, place);
  }
}

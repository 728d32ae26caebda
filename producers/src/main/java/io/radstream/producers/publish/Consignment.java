package io.radstream.producers.publish;

import java.util.List;
import java.util.Optional;

/**
 * Items that stand or fall together: all of their records are on the topics, with the marks, or
 * none. Where one item is refused, nothing of the consignment is sent and nothing remembered.
 *
 * @param items in their order; none where only marks are to be remembered
 * @param origin for the site alone
 * @param lane what is in one lane is sent in the order in which it came, and waits for nothing in
 *     another one; a source that does not say has one lane
 */
public record Consignment(List<SourceItem> items, List<Mark> marks, Origin origin, String lane) {

  private static final String ONLY_LANE = "";

  /** A long report has a tenth of it. */
  private static final int HEAVY_CHARACTERS = 100_000;

  public Consignment {
    items = List.copyOf(items);
    marks = List.copyOf(marks);
  }

  /** Of which the source does not tell where it came from. */
  public Consignment(List<SourceItem> items, List<Mark> marks) {
    this(items, marks, Origin.UNTOLD, ONLY_LANE);
  }

  /** In the source's one lane. */
  public Consignment(List<SourceItem> items, List<Mark> marks, Origin origin) {
    this(items, marks, origin, ONLY_LANE);
  }

  /** One item of which nothing is remembered. */
  public static Consignment of(SourceItem item) {
    return new Consignment(List.of(item), List.of());
  }

  public Consignment from(Origin place) {
    return new Consignment(items, marks, place, lane);
  }

  public Consignment inLane(String name) {
    return new Consignment(items, marks, origin, name);
  }

  /**
   * Whether it takes long to be made into records, as no report of a radiologist's own hand does.
   */
  boolean isHeavy() {
    return items.stream()
        .filter(SourceItem.Found.class::isInstance)
        .map(item -> ((SourceItem.Found) item).part().report())
        .flatMap(Optional::stream)
        .anyMatch(report -> report.getText().length() > HEAVY_CHARACTERS);
  }
}

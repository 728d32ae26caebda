package io.radstream.producers.phantom;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that was drawn in a study.
 *
 * @param abnormalities at most one of each kind; empty for a normal study
 */
public record Truth(List<Abnormality> abnormalities) {

  public Truth {
    abnormalities = List.copyOf(abnormalities);
  }

  /** Whether the finding is there; {@link Finding#NORMAL} is where nothing else is. */
  public boolean has(Finding finding) {
    return finding == Finding.NORMAL
        ? abnormalities.isEmpty()
        : abnormalities.stream().anyMatch(abnormality -> abnormality.finding() == finding);
  }

  /**
   * Whether each finding of a lung is on each side, as "left effusion"; both are there where it is
   * bilateral. Findings that have no side are left out.
   */
  public Map<String, Boolean> sides() {
    Map<String, Boolean> sides = new TreeMap<>();
    for (Side side : List.of(Side.LEFT, Side.RIGHT)) {
      for (Finding finding : Finding.ofALung()) {
        sides.put(side.word() + " " + finding.label(), has(finding, side));
      }
    }
    return sides;
  }

  private boolean has(Finding finding, Side lung) {
    return abnormalities.stream()
        .filter(abnormality -> abnormality.finding() == finding)
        .anyMatch(
            abnormality ->
                abnormality instanceof Abnormality.Sided sided && sided.side().covers(lung));
  }

  /** What is left where this one is not drawn. */
  Truth without(Finding finding) {
    return new Truth(
        abnormalities.stream().filter(abnormality -> abnormality.finding() != finding).toList());
  }

  /** {@link #has} for every finding, in their order. */
  public Map<Finding, Boolean> findings() {
    Map<Finding, Boolean> labels = new EnumMap<>(Finding.class);
    for (Finding finding : Finding.values()) {
      labels.put(finding, has(finding));
    }
    return labels;
  }

  /** The abnormality of this kind, if it was drawn. */
  public <T extends Abnormality> Optional<T> find(Class<T> kind) {
    return abnormalities.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}

package io.radstream.evaluation.boxes;

import java.util.List;

/**
 * How well maps find what a person has drawn boxes around.
 *
 * @param pictures number of them
 * @param pointed share of pictures whose highest value lies in one of the boxes: the pointing game
 *     (Zhang et al., 2018)
 * @param overlap mean over the pictures of the best intersection over union of the first region
 *     with one of the boxes
 * @param halfMet share of pictures in which that is at least 0.5
 */
public record Localization(int pictures, double pointed, double overlap, double halfMet) {

  private static final double HALF = 0.5;

  /**
   * One picture.
   *
   * @param found by the map
   * @param pointed its highest value
   * @param drawn at least one
   */
  public record Case(List<Box> found, ValueMap.Point pointed, List<Box> drawn) {

    public Case {
      found = List.copyOf(found);
      drawn = List.copyOf(drawn);
    }

    boolean isHit() {
      return drawn.stream().anyMatch(box -> box.holds(pointed.x(), pointed.y()));
    }

    /** Of the first box that was found; 0 where there is none. */
    double overlap() {
      return found.stream()
          .limit(1)
          .flatMap(box -> drawn.stream().map(box::overlap))
          .mapToDouble(overlap -> overlap)
          .max()
          .orElse(0);
    }
  }

  /**
   * @throws IllegalArgumentException where there is no picture
   */
  public static Localization of(List<Case> cases) {
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("there is no picture with a box");
    }
    return new Localization(
        cases.size(),
        cases.stream().mapToDouble(it -> it.isHit() ? 1 : 0).average().orElseThrow(),
        cases.stream().mapToDouble(Case::overlap).average().orElseThrow(),
        cases.stream().mapToDouble(it -> it.overlap() >= HALF ? 1 : 0).average().orElseThrow());
  }
}

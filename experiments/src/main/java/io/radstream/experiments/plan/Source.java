package io.radstream.experiments.plan;

/** Where studies, labels and the split of patients come from. */
public sealed interface Source {

  /** In front of the names of its topics. */
  String prefix();

  /** Topics that others fill: {@code publish} and {@code streams}. */
  record Topics(String prefix) implements Source {}

  /**
   * Phantoms with reports and labels, published and staged for the experiment.
   *
   * @param seed the population
   * @param first index of the first study; another range of the same seed holds other studies
   * @param studies how many
   * @param viewSize longest side of a picture
   * @param validation share of patients whose studies are validated on
   * @param test share of patients whose studies are read once, in the end
   */
  record Phantoms(
      String prefix,
      long seed,
      long first,
      long studies,
      int viewSize,
      double validation,
      double test)
      implements Source {}
}

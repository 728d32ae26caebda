package io.radstream.experiments.plan;

/** Where studies, labels and the split of patients come from. */
public sealed interface Source {

  /** In front of the names of its topics. */
  String prefix();

  /** Topics that others fill: {@code publish} and {@code streams}. */
  record Topics(String prefix) implements Source {}

  /** Published and staged by the experiment, each once. */
  sealed interface Brought extends Source {

    /** Longest side of a picture as it is published. */
    int viewSize();

    /** Share of patients whose studies are validated on. */
    double validation();

    /** Share of patients whose studies are read once, in the end. */
    double test();
  }

  /**
   * Phantoms with reports and labels.
   *
   * @param seed the population
   * @param first index of the first study; another range of the same seed holds other studies
   * @param studies how many
   */
  record Phantoms(
      String prefix,
      long seed,
      long first,
      long studies,
      int viewSize,
      double validation,
      double test)
      implements Brought {}

  /**
   * Studies of a file of JSON Lines.
   *
   * @param path of the file; its pictures lie beside it
   * @param withoutReports whether a study may be without a report
   */
  record JsonLines(
      String prefix,
      String path,
      boolean withoutReports,
      int viewSize,
      double validation,
      double test)
      implements Brought {}
}

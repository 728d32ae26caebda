package io.radstream.experiments.plan;

import java.util.List;
import java.util.Optional;

/**
 * A matrix of initialisations, targets, label ratios and repeats.
 *
 * @param name beginning of the names of its lines
 * @param seed of pre-training; fine-tuning adds the number of the repeat, from 1
 * @param tokenizer of the tuples, a file; empty where it is made from the reports of the first
 *     source that the experiment publishes
 * @param encoderTokenizer of the report encoder, where the tuples have one of their own
 * @param vocabulary tokens at most, where the tokenizer is made
 * @param repeats of each cell, which differ by their seed
 * @param comparison empty where no row is held against the others
 */
public record Experiment(
    String name,
    long seed,
    Optional<String> tokenizer,
    Optional<String> encoderTokenizer,
    int vocabulary,
    List<NamedSource> sources,
    List<Initialisation> initialisations,
    List<Target> targets,
    int repeats,
    Optional<Comparison> comparison) {

  /** A source by the name that the file gives it. */
  public record NamedSource(String name, Source source) {}

  public Experiment {
    sources = List.copyOf(sources);
    initialisations = List.copyOf(initialisations);
    targets = List.copyOf(targets);
  }

  /**
   * @throws IllegalArgumentException where the file names no such source
   */
  public Source source(String wanted) {
    return sources.stream()
        .filter(named -> named.name().equals(wanted))
        .map(NamedSource::source)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source " + wanted));
  }

  /**
   * @throws IllegalArgumentException where the file names no such initialisation
   */
  public Initialisation initialisation(String wanted) {
    return initialisations.stream()
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no initialisation " + wanted));
  }
}

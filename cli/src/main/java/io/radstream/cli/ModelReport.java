package io.radstream.cli;

import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.measure.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a network of a preset is and costs, for {@code radstream doctor --model}.
 *
 * @param forwardFlopsPerStudy three views and a report of full length; a multiplication with its
 *     addition counts as two
 * @param stateBytes weights, gradients and momentum while training
 */
record ModelReport(
    String preset,
    String variant,
    int vocabulary,
    List<Footprint.Part> parts,
    long parameters,
    long forwardFlopsPerStudy,
    long trainingFlopsPerStudy,
    long stateBytes) {

  private static final double MILLION = 1e6;
  private static final double BILLION = 1e9;
  private static final double GIB = 1L << 30;

  static ModelReport of(ModelPreset preset, ModelVariant variant, int vocabulary) {
    Footprint footprint = Footprint.of(preset.config(variant, vocabulary, vocabulary));
    return new ModelReport(
        preset.name().toLowerCase(Locale.ROOT),
        variant.name().toLowerCase(Locale.ROOT),
        vocabulary,
        footprint.parts(),
        footprint.parameters(),
        footprint.forwardFlops(),
        footprint.trainingFlops(),
        footprint.stateBytes());
  }

  /** A table and a summary, for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("model     %s, %s variant, %,d tokens".formatted(preset, variant, vocabulary));
    lines.add("  %-24s %14s %22s".formatted("part", "parameters", "GFLOP a study, forward"));
    for (Footprint.Part part : parts) {
      lines.add(row(part.name(), part.parameters(), part.flops()));
    }
    lines.add(row("together", parameters, forwardFlopsPerStudy));
    lines.add(
        "  Training takes %.3g GFLOP a study, and %.2f GiB for weights, gradients and momentum;"
                .formatted(trainingFlopsPerStudy / BILLION, stateBytes / GIB)
            + " activations come on top: compute.microBatch bounds them.");
    return lines;
  }

  private static String row(String name, long parameters, long flops) {
    return "  %-24s %12.2f M %22.4g".formatted(name, parameters / MILLION, flops / BILLION);
  }
}

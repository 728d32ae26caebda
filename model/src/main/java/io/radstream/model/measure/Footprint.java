package io.radstream.model.measure;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.Weights;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Weights of a network, and what a study costs it.
 *
 * @param parts in the order of the data; what the objectives do not need is not there
 * @param forwardOnlyFlops of a study's forward pass, those that no gradient goes back through
 */
public record Footprint(List<Part> parts, long forwardOnlyFlops) {

  /**
   * Forward once, backward twice: a gradient for what went into a product, and one for its weights.
   */
  private static final int PASSES = 3;

  /** What starts from a study as it is shown: where there is none, no study is looked at so. */
  private static final Set<NetworkPart> READERS =
      EnumSet.of(NetworkPart.REPORT, NetworkPart.TEXT, NetworkPart.HEADS);

  /** Value, gradient and momentum, in float32. */
  private static final int BYTES_PER_PARAMETER = 3 * Float.BYTES;

  public Footprint {
    parts = List.copyOf(parts);
  }

  /**
   * A part of the network.
   *
   * @param parameters number of weights
   * @param flops of a study's forward pass: products of matrices, two for a multiplication with its
   *     addition
   */
  public record Part(String name, long parameters, long flops) {}

  /** For a study of three different views and a report of full length. */
  public static Footprint of(ModelConfig config) {
    return of(config, config.report().maxTokens(), config.text().maxTokens());
  }

  /**
   * @param reportTokens length of the report as the report transformer reads it
   * @param textTokens length of the report as the report encoder reads it
   */
  public static Footprint of(ModelConfig config, int reportTokens, int textTokens) {
    // Shapes are looked at, and nothing is computed.
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              withoutMemory(manager),
              new Arithmetic.Plain());
      List<Objective> objectives = ObjectiveList.of(config);
      objectives.forEach(objective -> objective.declareWeights(network));
      Weights weights = network.weights();
      boolean seen = !Collections.disjoint(ObjectiveList.parts(config), READERS);
      StudyWork work = new StudyWork(config, network.radiograph());
      return new Footprint(
          Stream.of(
                  part(config, NetworkPart.RADIOGRAPH, weights, seen ? work.radiographs() : 0),
                  part(config, NetworkPart.FUSION, weights, seen ? work.fusion() : 0),
                  part(config, NetworkPart.REPORT, weights, work.report(reportTokens)),
                  part(config, NetworkPart.TEXT, weights, work.text(textTokens)),
                  part(config, NetworkPart.HEADS, weights, work.labels()),
                  part(config, NetworkPart.PRETEXT, weights, own(objectives, network)))
              .filter(part -> part.parameters() > 0)
              .toList(),
          objectives.stream().mapToLong(objective -> objective.forwardOnlyFlops(network)).sum());
    }
  }

  private static long own(List<Objective> objectives, RefersNetwork network) {
    return objectives.stream().mapToLong(objective -> objective.flops(network)).sum();
  }

  private static Part part(ModelConfig config, NetworkPart part, Weights weights, long flops) {
    long parameters =
        weights.parameters().stream()
            .filter(parameter -> parameter.part() == part && parameter.kind().learns())
            .mapToLong(parameter -> parameter.value().size())
            .sum();
    return new Part(name(config, part), parameters, flops);
  }

  private static String name(ModelConfig config, NetworkPart part) {
    return switch (part) {
      case RADIOGRAPH ->
          switch (config.radiograph().encoder()) {
            case TRANSFORMER -> "radiograph transformer";
            case CONVOLUTIONAL -> "residual network";
          };
      case FUSION -> "view fusion";
      case REPORT -> "report transformer";
      case TEXT -> "report encoder";
      case HEADS -> "label head";
      case PRETEXT -> "objectives' own";
    };
  }

  /** Views of a single number: a network of any size takes no room. */
  private static Weights.Source withoutMemory(NDManager manager) {
    return (name, shape, kind) -> manager.zeros(new Shape(1)).broadcast(shape);
  }

  /** Number of weights. */
  public long parameters() {
    return parts.stream().mapToLong(Part::parameters).sum();
  }

  /** Of a study's forward pass. */
  public long forwardFlops() {
    return parts.stream().mapToLong(Part::flops).sum();
  }

  /** Of a study's forward and backward pass. */
  public long trainingFlops() {
    return PASSES * (forwardFlops() - forwardOnlyFlops) + forwardOnlyFlops;
  }

  /** Bytes of weights, gradients and momentum while training; activations come on top. */
  public long stateBytes() {
    return BYTES_PER_PARAMETER * parameters();
  }
}

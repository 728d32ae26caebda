package io.radstream.model.explicit;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.ContrastiveObjective;
import io.radstream.model.objective.LabelObjective;
import io.radstream.model.objective.LanguageObjective;
import io.radstream.model.objective.Objective;
import java.util.List;
import java.util.Optional;

/**
 * A network whose way back is spelt out.
 *
 * @param network with a {@link RadiographTransformer}
 * @param kernels that do what is between products; the engine's operations where there are none
 */
public record ExplicitNetwork(RefersNetwork network, Optional<StepKernels> kernels) {

  /** By the engine's operations. */
  public ExplicitNetwork(RefersNetwork network) {
    this(network, Optional.empty());
  }

  /**
   * By kernels, where there is a card whose kernels speak the precision and the widths.
   *
   * @param manager lives as long as the network
   * @throws io.radstream.model.kernels.KernelException where the kernels cannot be compiled or
   *     loaded
   */
  public static ExplicitNetwork of(
      RefersNetwork network, Optional<Card> card, NDManager manager, Precision precision) {
    return new ExplicitNetwork(
        network, card.flatMap(on -> StepKernels.of(on, manager, network, precision)));
  }

  /** What is computed with a script: with digests of that and, where there are any, of kernels. */
  public String name(ExplicitScript script) {
    return script.name() + kernels.map(all -> " kernels " + all.digest()).orElse("");
  }

  /** What of a network or its objectives has no way back here; empty where all has. */
  public static Optional<String> missing(RefersNetwork network, List<Objective> objectives) {
    if (!(network.radiograph() instanceof RadiographTransformer)) {
      return Optional.of("this image encoder");
    }
    return objectives.stream()
        .filter(objective -> !isKnown(objective))
        .map(objective -> "the objective " + objective.name())
        .findFirst();
  }

  private static boolean isKnown(Objective objective) {
    return objective instanceof ContrastiveObjective
        || objective instanceof LanguageObjective
        || objective instanceof LabelObjective;
  }

  /**
   * Sends a batch, or a part of one, to the device.
   *
   * @param operations whose manager owns it there
   * @param roundedUp whether sizes are rounded up, so that few differ
   * @param draws two numbers from which kernels draw what is dropped: a seed, and the part
   */
  public Arrival send(
      Operations operations,
      List<Objective> objectives,
      StudyBatch batch,
      boolean roundedUp,
      long... draws) {
    Arrival.Sending sending = new Arrival.Sending(batch, roundedUp, draws);
    return Arrival.of(operations, network, objectives, sending);
  }

  /** Room for what the loss of a whole batch finds for some studies. */
  public Contrast.Found room(Operations operations, int studies) {
    ModelConfig.Fusion fusion = network.config().fusion();
    int width = ViewFusion.vectorWidth(fusion, network.radiograph().width());
    NDManager manager = operations.manager();
    return new Contrast.Found(
        manager.zeros(new Shape()),
        manager.zeros(new Shape(studies, ViewFusion.representations(fusion), width)),
        manager.zeros(new Shape(studies, width)));
  }

  /**
   * The vectors of a batch, or of a part of one.
   *
   * @param operations whose manager keeps what the way back needs
   * @param sums of the gradients, on the way back
   */
  public ExplicitForward forward(Operations operations, Arrival batch, GradientSums sums) {
    Inputs inputs = batch.inputs(operations);
    Between between =
        kernels
            .<Between>map(all -> carded(operations, inputs, sums, all))
            .orElseGet(() -> new Scripted(operations, sums));
    return ExplicitForward.of(network, new Layers(operations, sums, between), inputs);
  }

  private static Carded carded(
      Operations operations, Inputs inputs, GradientSums sums, StepKernels kernels) {
    return new Carded(operations, sums, kernels, new Drawing(kernels.card(), inputs.draws()));
  }
}

package io.radstream.model.explicit;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
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
 */
public record ExplicitNetwork(RefersNetwork network) {

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
   */
  public Arrival send(
      Operations operations, List<Objective> objectives, StudyBatch batch, boolean roundedUp) {
    return Arrival.of(
        operations,
        network,
        objectives,
        batch,
        roundedUp ? Optional.of(new Rounding(longest())) : Optional.empty());
  }

  private int longest() {
    ModelConfig config = network.config();
    return Math.max(config.report().maxTokens(), config.text().maxTokens());
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
    return ExplicitForward.of(network, new Layers(operations, sums), batch.inputs(operations));
  }
}

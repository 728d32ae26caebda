package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.Objectives;
import io.radstream.model.engine.HostMemory;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Weights;
import java.util.Optional;

/**
 * The whole network: every part with its weights. A part that no objective needs is not there.
 *
 * @param report needed by the language loss
 * @param text needed by the contrastive loss
 * @param labels vector to findings; needed by the cross entropy against labels
 */
public record RefersNetwork(
    ModelConfig config,
    Weights weights,
    RadiographTransformer radiograph,
    ViewFusion fusion,
    Optional<ReportTransformer> report,
    Optional<TextEncoder> text,
    Optional<Linear> labels,
    HostMemory memory) {

  public static RefersNetwork of(ModelConfig config, Weights.Source source, Arithmetic arithmetic) {
    Weights weights = new Weights(source, arithmetic);
    Objectives objectives = config.objectives();
    int vector = ViewFusion.vectorWidth(config);
    RadiographTransformer radiograph = RadiographTransformer.of(weights, config.radiograph());
    return new RefersNetwork(
        config,
        weights,
        radiograph,
        ViewFusion.of(weights, config.fusion(), config.radiograph().width()),
        objectives.language() > 0
            ? Optional.of(
                ReportTransformer.of(weights, config.report(), ViewFusion.memoryWidth(config)))
            : Optional.empty(),
        objectives.contrastive() > 0
            ? Optional.of(TextEncoder.of(weights, config.text(), vector))
            : Optional.empty(),
        objectives.labels() > 0
            ? Optional.of(
                weights
                    .scope(NetworkPart.HEADS, "label_head")
                    .linear("dense", vector, config.findings().size()))
            : Optional.empty(),
        new HostMemory(radiograph.aggregation().getManager()));
  }

  public ViewFusion.Study study(NDManager scratch, float[] images, int studies) {
    int side = config.radiograph().imageSize();
    DistinctViews views = DistinctViews.of(scratch, memory, images, studies, side);
    return fusion.apply(radiograph.apply(views.images()).at(views.places()));
  }

  /**
   * What the contrastive loss compares.
   *
   * @param study its vectors are not normalised
   * @param reports reports × vector width, not normalised; empty without contrastive loss
   */
  public record Representation(ViewFusion.Study study, Optional<NDArray> reports) {}

  public Representation represent(NDManager scratch, StudyBatch batch, boolean training) {
    // First what is small: to send it waits for all that the device still has to do.
    Optional<TokenBatch> tokens =
        text.map(
            encoder -> TokenBatch.of(scratch, batch.encoderTokens(), config.text().maxTokens()));
    return new Representation(
        study(scratch, batch.images(), batch.size()),
        text.map(encoder -> encoder.apply(tokens.orElseThrow(), training)));
  }

  /** studies × findings: probabilities, by the mean of the logits of a study's representations. */
  public Optional<NDArray> findings(ViewFusion.Study study) {
    return labels.map(
        head -> ai.djl.nn.Activation.sigmoid(head.apply(study.vectors()).mean(new int[] {1})));
  }
}

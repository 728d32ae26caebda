package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.HostMemory;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Weights;
import java.util.Optional;
import java.util.Set;

/**
 * The whole network: every part with its weights. A part that no objective needs is not there.
 *
 * @param radiograph what makes features of each view
 * @param report writes reports of studies
 * @param text reads reports
 * @param labels vector of a study to findings
 * @param memory where pictures are put for the device
 */
public record RefersNetwork(
    ModelConfig config,
    Weights weights,
    ImageEncoder radiograph,
    ViewFusion fusion,
    Optional<ReportTransformer> report,
    Optional<TextEncoder> text,
    Optional<Linear> labels,
    HostMemory memory) {

  /**
   * @param manager of the weights, on the device that the network computes on; lives as long as the
   *     network
   * @param parts that the network has; that of radiographs and the fusion it always has
   */
  public static RefersNetwork of(
      NDManager manager,
      ModelConfig config,
      Set<NetworkPart> parts,
      Weights.Source source,
      Arithmetic arithmetic) {
    return of(manager, config, parts, source, arithmetic, ImageEncoder::of);
  }

  /** The same with an image encoder that no configuration names. */
  public static RefersNetwork of(
      NDManager manager,
      ModelConfig config,
      Set<NetworkPart> parts,
      Weights.Source source,
      Arithmetic arithmetic,
      ImageEncoder.Maker encoder) {
    Weights weights = new Weights(source, arithmetic);
    ImageEncoder radiograph = encoder.of(weights, config);
    int width = radiograph.width();
    int vector = ViewFusion.vectorWidth(config.fusion(), width);
    return new RefersNetwork(
        config,
        weights,
        radiograph,
        ViewFusion.of(weights, config.fusion(), width),
        parts.contains(NetworkPart.REPORT)
            ? Optional.of(
                ReportTransformer.of(
                    weights, config.report(), ViewFusion.memoryWidth(config.fusion(), width)))
            : Optional.empty(),
        parts.contains(NetworkPart.TEXT)
            ? Optional.of(TextEncoder.of(weights, config.text(), vector))
            : Optional.empty(),
        parts.contains(NetworkPart.HEADS)
            ? Optional.of(
                weights
                    .scope(NetworkPart.HEADS, "label_head")
                    .linear("dense", vector, config.findings().size()))
            : Optional.empty(),
        new HostMemory(manager));
  }

  /**
   * Pictures on the device, each once.
   *
   * @param pictures studies × 3 views × side × side: those of a batch, or their companions
   */
  public DistinctViews views(NDManager scratch, float[] pictures, int studies) {
    return DistinctViews.of(scratch, memory, pictures, studies, config.radiograph().imageSize());
  }

  /** As what has learned sees it. */
  public ViewFusion.Study study(NDManager scratch, float[] images, int studies) {
    return study(scratch, images, studies, false);
  }

  private ViewFusion.Study study(NDManager scratch, float[] images, int studies, boolean training) {
    DistinctViews views = views(scratch, images, studies);
    return fusion.apply(radiograph.apply(views.images(), training).at(views.places()));
  }

  /**
   * Vectors of studies and of their reports.
   *
   * @param study its vectors are not normalised
   * @param reports reports × vector width, not normalised; empty where nothing reads reports
   */
  public record Representation(ViewFusion.Study study, Optional<NDArray> reports) {}

  public Representation represent(NDManager scratch, StudyBatch batch, boolean training) {
    // First what is small: to send it waits for all that the device still has to do.
    Optional<TokenBatch> tokens =
        text.map(
            encoder -> TokenBatch.of(scratch, batch.encoderTokens(), config.text().maxTokens()));
    return new Representation(
        study(scratch, batch.images(), batch.size(), training),
        text.map(encoder -> encoder.apply(tokens.orElseThrow(), training)));
  }

  /** studies × findings: probabilities, by the mean of the logits of a study's representations. */
  public Optional<NDArray> findings(ViewFusion.Study study) {
    return labels.map(
        head -> ai.djl.nn.Activation.sigmoid(head.apply(study.vectors()).mean(new int[] {1})));
  }
}

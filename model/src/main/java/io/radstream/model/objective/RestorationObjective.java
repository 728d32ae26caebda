package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.Scaling;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.PixelDecoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Set;

/**
 * Restores each picture from a spoiled one: mean of (x − d(e(x̃)))² over the pixels of a study's
 * three views and over the studies, in units of the network's input (−2 to 2). x̃ is the picture's
 * companion, e the image encoder and d a {@link PixelDecoder} of the objective's own. Neither
 * reports nor labels are needed, and plain pictures do not go through the encoder.
 *
 * <ul>
 *   <li>Context Restoration (Chen et al., 2019, Medical Image Analysis 58:101539, section 3):
 *       patches of x̃ are in each other's places; L2 loss.
 *   <li>Models Genesis (Zhou et al., 2021, Medical Image Analysis 67:101840, section 3): x̃ has
 *       other shades, shuffled pixels and painted parts; mean squared error.
 * </ul>
 *
 * <p>Both papers have a convolutional encoder and a decoder that mirrors it, connected at every
 * resolution. Here the encoder is the run's own, as it is for the baselines of the REFERS paper
 * that are compared on one backbone.
 *
 * @param spoiled kind of companion that is restored
 */
public record RestorationObjective(String name, double weight, CompanionKind spoiled)
    implements Objective {

  public static final String CONTEXT = "context_restoration";
  public static final String GENESIS = "models_genesis";

  static RestorationObjective context(Restoration settings) {
    return new RestorationObjective(CONTEXT, settings.context(), CompanionKind.SWAPPED_PATCHES);
  }

  static RestorationObjective genesis(Restoration settings) {
    return new RestorationObjective(GENESIS, settings.genesis(), CompanionKind.DISTORTED);
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.PRETEXT);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of();
  }

  @Override
  public Set<CompanionKind> companions() {
    return Set.of(spoiled);
  }

  /** Studies. */
  @Override
  public double count(StudyBatch batch) {
    return batch.size();
  }

  @Override
  public long flops(RefersNetwork network) {
    return PixelDecoder.flops(network);
  }

  @Override
  public Term on(RefersNetwork network) {
    PixelDecoder decoder = PixelDecoder.of(network, name);
    return (Term.PerStudy)
        (forward, divisor) -> {
          NDManager scratch = forward.scratch();
          StudyBatch batch = forward.batch();
          DistinctViews given = network.views(scratch, batch.companions(spoiled), batch.size());
          NDArray restored =
              decoder.apply(network.radiograph().apply(given.images(), forward.training()));
          DistinctViews wanted = network.views(scratch, batch.images(), batch.size());
          return share(restored.get(given.places()), wanted.images().get(wanted.places()), divisor);
        };
  }

  /**
   * @param restored (studies × 3) × side × side, or × patches × pixels of a patch
   * @param wanted the same of the pictures themselves
   * @param divisor of the sum over studies
   */
  static NDArray share(NDArray restored, NDArray wanted, double divisor) {
    long pixels = ViewFusion.VIEWS * wanted.getShape().get(1) * wanted.getShape().get(2);
    return Scaling.by(1 / (divisor * pixels), restored.sub(wanted).square().sum());
  }
}

package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.MaskedModelling;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.PatchDecoder;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Set;

/**
 * Restores the hidden patches of each picture from the shown ones, which alone go through the
 * radiograph transformer (MRM, Zhou et al., 2023, section 3; He et al., 2022): the mean of (x −
 * d(e(x̂)))² over the pixels of the hidden patches, a study's three views and the studies. x̂ are
 * the shown patches, e is the radiograph transformer and d a {@link PatchDecoder}. Neither reports
 * nor labels are needed. MRM restores at twice the resolution of what it shows; here it is the
 * same.
 */
record MaskedPicturesObjective(MaskedModelling settings) implements Objective {

  static final String NAME = "masked_pictures";

  /** Of He et al.: a patch of one shade has no deviation to be divided by. */
  private static final double SMALLEST_VARIANCE = 1e-6;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double weight() {
    return settings.pictures();
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.PRETEXT);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of();
  }

  /** Studies. */
  @Override
  public double count(StudyBatch batch) {
    return batch.size();
  }

  @Override
  public long flops(RefersNetwork network) {
    RadiographTransformer encoder = MaskedViews.encoder(network);
    ModelConfig.Radiograph config = encoder.config();
    long shown = settings.shown(encoder.places());
    return ViewFusion.VIEWS
        * (encoder.flops(shown) + PatchDecoder.flops(config, settings.pictureLayers(), shown));
  }

  @Override
  public Term on(RefersNetwork network) {
    RadiographTransformer encoder = MaskedViews.encoder(network);
    PatchDecoder decoder = PatchDecoder.of(network, NAME, settings.pictureLayers());
    return (Term.PerStudy)
        (forward, divisor) -> {
          MaskedViews masked = MaskedViews.of(network, settings, forward);
          NDArray restored = decoder.apply(masked.seen(), masked.mask());
          NDArray wanted = wanted(masked.mask().hidden(encoder.pixels(masked.views().images())));
          NDArray places = masked.views().places();
          return RestorationObjective.share(restored.get(places), wanted.get(places), divisor);
        };
  }

  /** … × patches × pixels, each patch by itself where it is to be so. */
  NDArray wanted(NDArray pixels) {
    if (!settings.normalised()) {
      return pixels;
    }
    int[] own = {pixels.getShape().dimension() - 1};
    NDArray centred = pixels.sub(pixels.mean(own, true));
    NDArray variance = centred.square().mean(own, true);
    return centred.div(variance.add(SMALLEST_VARIANCE).sqrt());
  }
}

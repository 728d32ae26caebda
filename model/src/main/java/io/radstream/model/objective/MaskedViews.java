package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.MaskedModelling;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.HiddenTokens;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.PatchMask;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What the radiograph transformer makes of the shown patches of a batch: both objectives that hide
 * start from it, so that it is computed once.
 *
 * @param views each picture once
 * @param mask of each of them
 * @param seen of the shown patches
 */
record MaskedViews(DistinctViews views, PatchMask mask, ImageEncoder.Output seen) {

  static MaskedViews of(RefersNetwork network, MaskedModelling settings, Forward forward) {
    return forward.shared(MaskedViews.class, () -> made(network, settings, forward));
  }

  private static MaskedViews made(
      RefersNetwork network, MaskedModelling settings, Forward forward) {
    RadiographTransformer encoder = encoder(network);
    StudyBatch batch = forward.batch();
    DistinctViews views = network.views(forward.scratch(), batch.images(), batch.size());
    int places = encoder.places();
    PatchMask mask = PatchMask.drawn(places, settings.shown(places), random(views, batch.draws()));
    return new MaskedViews(views, mask, encoder.apply(views.images(), mask));
  }

  /**
   * @throws IllegalArgumentException where the network's encoder has no patches to leave out
   */
  static RadiographTransformer encoder(RefersNetwork network) {
    if (network.radiograph() instanceof RadiographTransformer transformer) {
      return transformer;
    }
    throw new IllegalArgumentException(
        "only the radiograph transformer has patches that can be hidden");
  }

  /** One for each picture, by the first place in a study in which it is shown. */
  private static RandomGenerator[] random(DistinctViews views, long[] draws) {
    long[] places = views.places().toLongArray();
    RandomGenerator[] random = new RandomGenerator[(int) views.images().getShape().get(0)];
    for (int view = places.length - 1; view >= 0; view--) {
      random[(int) places[view]] = part(draws[view / ViewFusion.VIEWS], view % ViewFusion.VIEWS);
    }
    return random;
  }

  /** Of each report, by its study's draw. */
  static HiddenTokens tokens(int[][] reports, long[] draws, MaskedModelling settings) {
    int[] some =
        IntStream.range(0, reports.length)
            .filter(i -> settings.hidden(reports[i].length) > 0)
            .toArray();
    return new HiddenTokens(
        some,
        Arrays.stream(some)
            .mapToObj(i -> hidden(reports[i].length, settings, part(draws[i], ViewFusion.VIEWS)))
            .toArray(int[][]::new));
  }

  /** Start and end token are always shown. */
  private static int[] hidden(int tokens, MaskedModelling settings, RandomGenerator random) {
    return Arrays.stream(PatchMask.order(tokens - 2, random))
        .limit(settings.hidden(tokens))
        .map(i -> i + 1)
        .sorted()
        .toArray();
  }

  /** Independent ones of one draw: of the views by their place in the study, then of the report. */
  private static RandomGenerator part(long draw, int part) {
    SplittableRandom parts = new SplittableRandom(draw);
    parts.longs(part).forEach(skipped -> {});
    return new SplittableRandom(parts.nextLong());
  }

  /** studies × width: mean over the shown patches of a study's views, each as often as shown. */
  NDArray studies() {
    NDArray pictures = seen.patches().mean(new int[] {1}).get(views.places());
    Shape shape = pictures.getShape();
    return pictures
        .reshape(shape.get(0) / ViewFusion.VIEWS, ViewFusion.VIEWS, shape.get(1))
        .mean(new int[] {1});
  }
}

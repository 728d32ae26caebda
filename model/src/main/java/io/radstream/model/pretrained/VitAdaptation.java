package io.radstream.model.pretrained;

import static io.radstream.model.pretrained.Adaptation.requireShape;

import ai.djl.ndarray.types.Shape;
import io.radstream.model.pretrained.Adaptation.Skipped;
import io.radstream.model.pretrained.Adaptation.Taken;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import io.radstream.model.weights.FloatTensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** How the weights of a ViT become those of a radiograph transformer. */
final class VitAdaptation {

  private VitAdaptation() {}

  /** For the weights that are not taken as they are. */
  static Map<String, Adaptation> adaptations() {
    return Map.of(
        "vit.embeddings.patch_embeddings.projection.weight", VitAdaptation::fold,
        "vit.embeddings.position_embeddings", VitAdaptation::resize);
  }

  /** The sum over the channels answers to a gray image as they do to it in each of them. */
  private static Adaptation.Result fold(FloatTensor theirs, Shape shape, Supplier<float[]> seeded) {
    requireShape(
        theirs.shape().dimension() == 4
            && theirs.side(0) == shape.get(0)
            && theirs.side(1) > 0
            && theirs.side(2) == theirs.side(3),
        theirs,
        shape);
    if (theirs.side(2) != shape.get(2)) {
      return new Skipped(
          "its patches have %d pixels a side, model.radiograph.patchSize is %d"
              .formatted(theirs.side(2), shape.get(2)));
    }
    int channels = theirs.side(1);
    if (channels == 1) {
      return new Taken(theirs.values(), Kind.USED, "");
    }
    int pixels = theirs.side(2) * theirs.side(3);
    float[] sums = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < sums.length; i++) {
      int first = i / pixels * channels * pixels + i % pixels;
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += theirs.values()[first + channel * pixels];
      }
      sums[i] = (float) sum;
    }
    return new Taken(sums, Kind.FOLDED, "sum of %d channels".formatted(channels));
  }

  /** As Hugging Face's ViT does it for images of another size. */
  private static Adaptation.Result resize(
      FloatTensor theirs, Shape shape, Supplier<float[]> seeded) {
    requireShape(
        theirs.shape().dimension() == 3
            && theirs.side(0) == 1
            && theirs.side(1) > 1
            && theirs.side(2) == shape.get(2),
        theirs,
        shape);
    int from = grid(theirs.side(1) - 1);
    int to = grid((int) shape.get(1) - 1);
    requireShape(from * from == theirs.side(1) - 1, theirs, shape);
    if (from == to) {
      return new Taken(theirs.values(), Kind.USED, "");
    }
    int width = theirs.side(2);
    float[] places = Arrays.copyOfRange(theirs.values(), width, theirs.values().length);
    float[] resized = Arrays.copyOf(theirs.values(), Math.toIntExact(shape.size()));
    System.arraycopy(
        new PlaceResize(from, to).apply(places, width), 0, resized, width, resized.length - width);
    return new Taken(
        resized,
        Kind.RESIZED,
        "%d×%d places to %d×%d, bicubic; that of the aggregation as it is"
            .formatted(from, from, to, to));
  }

  private static int grid(int places) {
    return (int) Math.round(Math.sqrt(places));
  }
}

package io.radstream.model;

import ai.djl.ndarray.types.Shape;
import io.radstream.model.Adaptation.WrongShapeException;
import io.radstream.model.WeightOrigin.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Public weights for a part of the network.
 *
 * @param tensors the name of a public tensor by that of this network's weight
 * @param adaptations by the name of this network's weight, where it is not taken as it is
 */
record PretrainedPart(
    PretrainedShape shape,
    PretrainedDirectory directory,
    Map<String, String> tensors,
    Map<String, Adaptation> adaptations) {

  private static final String CONCATENATION = "vit.embeddings.position_concatenation.";

  /**
   * @throws IOException where the directory cannot be read, or its weights do not fit
   */
  static PretrainedPart open(Path path, PretrainedShape shape, Map<String, Adaptation> adaptations)
      throws IOException {
    PretrainedDirectory directory = PretrainedDirectory.open(path);
    shape.requireFit(directory);
    Map<String, String> tensors = new LinkedHashMap<>();
    for (String theirs : directory.files().keySet()) {
      Optional<String> ours = shape.layout().ours(theirs);
      if (ours.isPresent() && tensors.put(ours.get(), theirs) != null) {
        throw new IOException("%s has two tensors for %s".formatted(path, ours.get()));
      }
    }
    if (tensors.isEmpty()) {
      throw new IOException("%s has no tensor of a %s".formatted(path, shape.layout().model()));
    }
    return new PretrainedPart(shape, directory, tensors, adaptations);
  }

  boolean covers(String weight) {
    return weight.startsWith(shape.layout().prefix());
  }

  /**
   * The public tensor that belongs to a weight, as that weight.
   *
   * @throws IOException where the tensor cannot be read or has a shape of its own
   */
  Optional<Adaptation.Result> value(String weight, Shape needed, Supplier<float[]> seeded)
      throws IOException {
    String tensor = tensors.get(weight);
    if (tensor == null) {
      return Optional.empty();
    }
    if (directory.entry(tensor).type().isEmpty()) {
      throw new IOException(
          "tensor %s of %s has a type that is not float64, float32, float16 or bfloat16"
              .formatted(tensor, directory.path()));
    }
    try {
      return Optional.of(
          adaptations
              .getOrDefault(weight, Adaptation.EXACT)
              .adapt(directory.read(tensor), needed, seeded));
    } catch (WrongShapeException e) {
      throw new IOException(
          "tensor %s of %s %s".formatted(tensor, directory.path(), e.getMessage()), e);
    }
  }

  /** Values that let a weight without a public tensor do nothing. */
  Optional<Adaptation.Taken> derived(String weight, Shape needed) {
    if (!weight.startsWith(CONCATENATION)) {
      return Optional.empty();
    }
    float[] values = new float[Math.toIntExact(needed.size())];
    if (needed.dimension() == 1) {
      return Optional.of(new Adaptation.Taken(values, Kind.DERIVED, "zeros"));
    }
    int width = (int) needed.get(0);
    for (int i = 0; i < width; i++) {
      values[i * 2 * width + i] = 1;
      values[i * 2 * width + width + i] = 1;
    }
    return Optional.of(
        new Adaptation.Taken(
            values, Kind.DERIVED, "[I | I]: patch and position are added, as in a ViT"));
  }

  /** Why nothing asked for a public tensor. */
  String whySkipped(String tensor) {
    Optional<Integer> block = shape.layout().ours(tensor).flatMap(shape.layout()::block);
    return block.isPresent() && block.get() >= shape.layers()
        ? "this network has %d blocks".formatted(shape.layers())
        : "this network has no such weight";
  }
}

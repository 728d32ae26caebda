package io.radstream.model.pretrained;

import ai.djl.ndarray.types.Shape;
import io.radstream.model.pretrained.Adaptation.WrongShapeException;
import io.radstream.model.pretrained.PublicNames.Tensor;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Public weights for a part of the network.
 *
 * @param adaptations by the name of this network's weight, where it is not taken as it is
 */
record PretrainedPart(PretrainedCoverage coverage, Map<String, Adaptation> adaptations) {

  private static final String CONCATENATION = "vit.embeddings.position_concatenation.";

  /**
   * @param partial whether weights may stay without a tensor
   * @throws IOException where the directory cannot be read, or its weights do not fit
   */
  static PretrainedPart open(
      Path path, PretrainedShape shape, boolean partial, Map<String, Adaptation> adaptations)
      throws IOException {
    PretrainedDirectory directory = PretrainedDirectory.open(path);
    shape.requireFit(directory);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String theirs : directory.files().keySet()) {
      for (Map.Entry<String, Tensor> ours : shape.layout().names().ours(theirs).entrySet()) {
        Tensor other = tensors.put(ours.getKey(), ours.getValue());
        requireOne(path, ours.getKey(), ours.getValue(), Optional.ofNullable(other));
        requireNumbers(directory, theirs);
      }
    }
    if (tensors.isEmpty()) {
      throw new IOException("%s has no tensor of a %s".formatted(path, shape.layout().model()));
    }
    PretrainedCoverage coverage = new PretrainedCoverage(shape, directory, tensors);
    if (!partial) {
      coverage.requireWhole();
    }
    return new PretrainedPart(coverage, adaptations);
  }

  private static void requireOne(Path path, String ours, Tensor one, Optional<Tensor> other)
      throws IOException {
    if (other.isPresent()) {
      throw new IOException(
          "%s has two tensors for %s: %s and %s; take the network that is meant out of the file"
              .formatted(path, ours, other.get().name(), one.name()));
    }
  }

  private static void requireNumbers(PretrainedDirectory directory, String tensor)
      throws IOException {
    if (directory.entry(tensor).type().isEmpty()) {
      throw new IOException(
          "tensor %s of %s has a type that is not float64, float32, float16 or bfloat16"
              .formatted(tensor, directory.path()));
    }
  }

  PretrainedShape shape() {
    return coverage.shape();
  }

  PretrainedDirectory directory() {
    return coverage.directory();
  }

  /** What holds a weight of this network. */
  Optional<Tensor> tensor(String weight) {
    return Optional.ofNullable(coverage.tensors().get(weight));
  }

  boolean covers(String weight) {
    return weight.startsWith(shape().layout().prefix());
  }

  /**
   * The public tensor that belongs to a weight, as that weight.
   *
   * @throws IOException where the tensor cannot be read or has a shape of its own
   */
  Optional<Adaptation.Result> value(String weight, Shape needed, Supplier<float[]> seeded)
      throws IOException {
    Optional<Tensor> tensor = tensor(weight);
    if (tensor.isEmpty()) {
      return Optional.empty();
    }
    String name = tensor.get().name();
    try {
      return Optional.of(
          adaptations
              .getOrDefault(weight, Adaptation.EXACT)
              .adapt(
                  directory().read(name).slice(tensor.get().slice(), tensor.get().slices()),
                  needed,
                  seeded));
    } catch (WrongShapeException e) {
      throw new IOException(
          "tensor %s of %s %s".formatted(name, directory().path(), e.getMessage()), e);
    }
  }

  /** Values that let a weight without a public tensor do nothing. */
  Optional<Adaptation.Taken> derived(String weight, Shape needed) {
    float[] values = new float[Math.toIntExact(needed.size())];
    if (coverage.isWithoutBias(weight)) {
      return Optional.of(
          new Adaptation.Taken(values, Kind.DERIVED, "zeros: its attention has no such bias"));
    }
    if (!weight.startsWith(CONCATENATION)) {
      return Optional.empty();
    }
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
    Optional<Integer> block =
        shape().layout().names().ours(tensor).isEmpty()
            ? Optional.empty()
            : PublicNames.block(tensor);
    return block.isPresent() && block.get() >= shape().layers()
        ? "this network has %d blocks".formatted(shape().layers())
        : "this network has no such weight";
  }
}

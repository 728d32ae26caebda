package io.radstream.model.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.pretrained.Adaptation.Skipped;
import io.radstream.model.pretrained.Adaptation.Taken;
import io.radstream.model.pretrained.PublicNames.Tensor;
import io.radstream.model.weights.FloatTensor;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** First weights: public where there are some, else drawn from the seed. For one network. */
public final class PretrainedSource implements Weights.Source {

  private final List<PretrainedPart> parts;
  private final SeededWeights seeded;
  private final Consumer<WeightOrigin> origins;
  private final Set<String> asked = new HashSet<>();

  /**
   * @param origins is told of every public tensor, and of every weight of a covered part
   */
  PretrainedSource(
      List<PretrainedPart> parts, SeededWeights seeded, Consumer<WeightOrigin> origins) {
    this.parts = parts;
    this.seeded = seeded;
    this.origins = origins;
  }

  @Override
  public NDArray value(String name, Shape shape, Kind kind) {
    asked.add(name);
    Optional<PretrainedPart> part = parts.stream().filter(p -> p.covers(name)).findFirst();
    if (part.isEmpty()) {
      return seeded.value(name, shape, kind);
    }
    try {
      return value(part.get(), name, shape, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NDArray value(PretrainedPart part, String name, Shape shape, Kind kind)
      throws IOException {
    Optional<Adaptation.Result> result =
        part.value(name, shape, () -> seededValues(name, shape, kind));
    if (result.isPresent()) {
      return taken(part, name, result.get(), shape, kind);
    }
    Optional<Taken> derived = part.derived(name, shape);
    if (derived.isPresent()) {
      tell(part, name, derived.get().kind(), derived.get().detail());
      return new FloatTensor(shape, derived.get().values()).in(seeded.manager());
    }
    tell(part, name, WeightOrigin.Kind.SEEDED, "the directory has no such tensor");
    return seeded.value(name, shape, kind);
  }

  private float[] seededValues(String name, Shape shape, Kind kind) {
    try (NDArray value = seeded.value(name, shape, kind)) {
      return value.toFloatArray();
    }
  }

  private NDArray taken(
      PretrainedPart part, String name, Adaptation.Result result, Shape shape, Kind kind) {
    Tensor source = part.tensor(name).orElseThrow();
    String tensor = source.name();
    if (result instanceof Taken taken) {
      if (source.slices() == 1) {
        tell(part, tensor, taken.kind(), taken.detail());
      } else if (source.slice() == 0) {
        tell(part, tensor, taken.kind(), "%d weights in one".formatted(source.slices()));
      }
      return new FloatTensor(shape, taken.values()).in(seeded.manager());
    }
    tell(part, tensor, WeightOrigin.Kind.SKIPPED, ((Skipped) result).reason());
    return seeded.value(name, shape, kind);
  }

  /** Tells of the tensors that the network did not ask for. */
  public void finish() {
    for (PretrainedPart part : parts) {
      for (String tensor : part.directory().files().keySet()) {
        Set<String> ours = part.shape().layout().names().ours(tensor).keySet();
        if (Collections.disjoint(asked, ours)) {
          tell(part, tensor, WeightOrigin.Kind.SKIPPED, part.whySkipped(tensor));
        }
      }
    }
  }

  private void tell(PretrainedPart part, String name, WeightOrigin.Kind kind, String detail) {
    origins.accept(new WeightOrigin(part.shape().layout().part(), name, kind, detail));
  }
}

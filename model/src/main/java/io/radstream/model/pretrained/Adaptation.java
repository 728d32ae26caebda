package io.radstream.model.pretrained;

import ai.djl.ndarray.types.Shape;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import io.radstream.model.weights.FloatTensor;
import java.util.function.Supplier;

/** Makes a weight of this network of a public tensor. */
@FunctionalInterface
interface Adaptation {

  /** As it is. */
  Adaptation EXACT =
      (theirs, shape, seeded) -> {
        requireShape(theirs.shape().equals(shape), theirs, shape);
        return new Taken(theirs.values(), Kind.USED, "");
      };

  /** What came of it. */
  sealed interface Result {}

  /**
   * @param values of the shape that was asked for
   * @param detail as in {@link WeightOrigin}
   */
  record Taken(float[] values, Kind kind, String detail) implements Result {}

  /**
   * The weight stays as seeded.
   *
   * @param reason as in {@link WeightOrigin}
   */
  record Skipped(String reason) implements Result {}

  /**
   * @param shape that is needed
   * @param seeded what the weight would be without
   * @throws WrongShapeException where the tensor cannot be brought into the shape
   */
  Result adapt(FloatTensor theirs, Shape shape, Supplier<float[]> seeded);

  /** A tensor of a shape that does not follow from its directory's configuration. */
  final class WrongShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongShapeException(String message) {
      super(message);
    }
  }

  static void requireShape(boolean fits, FloatTensor theirs, Shape ours) {
    if (!fits) {
      throw new WrongShapeException(
          "has shape %s, but this network needs %s".formatted(theirs.shape(), ours));
    }
  }
}

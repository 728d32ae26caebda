package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.radstream.model.config.Activation;
import io.radstream.model.engine.Scaling;

/**
 * How the products of matrices are computed; all else is float32 (or the weights' own type)
 * whatever the choice.
 */
public interface Arithmetic {

  /** What products read in place of a weight: the weight itself, or a copy in their type. */
  default NDArray weight(NDArray weight) {
    return weight;
  }

  /** The same, whose products read the weights themselves. */
  default Arithmetic withoutCopies() {
    return this;
  }

  /** … × inputs to … × outputs; weight outputs × inputs, bias outputs. */
  NDArray linear(NDArray x, NDArray weight, NDArray bias);

  /**
   * Two linear layers, an activation between them.
   *
   * @return in the type of the products, to be added to what is float32
   */
  NDArray perceptron(NDArray x, Linear hidden, Activation activation, Linear output);

  /**
   * A convolution without bias; what is beyond the border is 0.
   *
   * @param x batch × inputs × height × width
   * @param kernel outputs × inputs × side × side
   * @return batch × outputs × height × width, each a stride's part
   */
  NDArray convolve(NDArray x, NDArray kernel, int stride, int padding);

  /**
   * softmax(q·kᵀ/√width + mask)·v.
   *
   * @param q batch × heads × tokens × head width
   * @param k batch × heads × memory tokens × head width
   * @param v as k
   * @param mask broadcast to batch × heads × tokens × memory tokens and added; null for none
   * @return as q
   */
  NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask);

  /**
   * Attention in several heads, with the products before and behind it.
   *
   * @param x batch × tokens × width: what asks
   * @param memory batch × memory tokens × memory width: what is attended to
   * @param mask as in {@link #attend}
   * @return as x, in the type of the products, to be added to what is float32
   */
  default NDArray attention(MultiHeadAttention layers, NDArray x, NDArray memory, NDArray mask) {
    return layers.apply(x, layers.memory(memory), mask);
  }

  /** In the type of the weights, with the engine's plain operations. */
  record Plain() implements Arithmetic {

    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
      return ai.djl.nn.core.Linear.linear(x, weight, bias).singletonOrThrow();
    }

    @Override
    public NDArray perceptron(NDArray x, Linear hidden, Activation activation, Linear output) {
      return output.apply(active(activation, hidden.apply(x)));
    }

    private static NDArray active(Activation activation, NDArray x) {
      return switch (activation) {
        case RELU -> ai.djl.nn.Activation.relu(x);
        case GELU -> ai.djl.nn.Activation.gelu(x);
      };
    }

    @Override
    public NDArray convolve(NDArray x, NDArray kernel, int stride, int padding) {
      return Conv2d.conv2d(x, kernel, null, new Shape(stride, stride), new Shape(padding, padding))
          .singletonOrThrow();
    }

    @Override
    public NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
      double scale = 1 / Math.sqrt((double) q.getShape().get(3));
      NDArray scores = Scaling.by(scale, q).matMul(k.swapAxes(2, 3));
      if (mask != null) {
        scores = scores.add(mask);
      }
      return scores.softmax(3).matMul(v);
    }
  }
}

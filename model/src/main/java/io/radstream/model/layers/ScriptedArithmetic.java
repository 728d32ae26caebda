package io.radstream.model.layers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.Activation;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.Processor;
import io.radstream.model.engine.ScalarType;
import io.radstream.model.engine.TorchScript;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Layers and attention in one call into the engine each. In 16 bits, what goes in and comes out is
 * float32 all the same. Scripts cast: DJL's own casts cut the gradient's way back.
 */
public record ScriptedArithmetic(TorchScript script, boolean copies) implements Arithmetic {

  /** How products are laid out in memory. */
  enum Layout {
    ROWS("rows.py"),

    /** In the blocks that oneDNN multiplies in, where there is enough to multiply. */
    BLOCKS("blocks.py");

    private final String script;

    Layout(String script) {
      this.script = script;
    }

    /** The faster one for a precision on a device. */
    private static Layout of(Device device, Precision precision) {
      return !device.isGpu()
              && precision == Precision.FLOAT32
              && Processor.ofThisMachine().multipliesBlocksFaster()
          ? BLOCKS
          : ROWS;
    }
  }

  /**
   * @param manager lives as long as the network
   */
  public static ScriptedArithmetic of(NDManager manager, Precision precision) {
    return of(manager, precision, Layout.of(manager.getDevice(), precision));
  }

  static ScriptedArithmetic of(NDManager manager, Precision precision, Layout layout) {
    return new ScriptedArithmetic(
        TorchScript.load(manager, source(manager.getDevice(), precision, layout)),
        precision != Precision.FLOAT32);
  }

  private static String source(Device device, Precision precision, Layout layout) {
    return Stream.of("arithmetic.py", layout.script, attention(device))
        .map(TorchScript::source)
        .collect(Collectors.joining())
        .replace("{type}", type(precision).toString())
        .replace("{float32}", ScalarType.FLOAT32.toString());
  }

  /** What matrices are multiplied in. */
  public static ScalarType type(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> ScalarType.FLOAT32;
      case BFLOAT16 -> ScalarType.BFLOAT16;
      case FLOAT16 -> ScalarType.FLOAT16;
    };
  }

  /**
   * On a CPU attention in one piece takes 1.3 times as long as in parts, in 16 bits twice. The
   * parts keep batch × heads × tokens × memory tokens for the way back.
   */
  private static String attention(Device device) {
    return device.isGpu() ? "attention_fused.py" : "attention_plain.py";
  }

  @Override
  public NDArray weight(NDArray weight) {
    return copies ? script.run("cast", weight) : weight;
  }

  @Override
  public Arithmetic withoutCopies() {
    return new ScriptedArithmetic(script, false);
  }

  @Override
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return script.run("linear", x, weight, bias);
  }

  @Override
  public NDArray perceptron(NDArray x, Linear hidden, Activation activation, Linear output) {
    String method =
        switch (activation) {
          case RELU -> "perceptron_relu";
          case GELU -> "perceptron_gelu";
        };
    return script.run(method, x, hidden.weight(), hidden.bias(), output.weight(), output.bias());
  }

  @Override
  public NDArray convolve(NDArray x, NDArray kernel, int stride, int padding) {
    return script.run(
        "convolve",
        x.getManager(),
        IValue.from((PtNDArray) x),
        IValue.from((PtNDArray) kernel),
        IValue.from((long) stride),
        IValue.from((long) padding));
  }

  @Override
  public NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
    return script.run(
        "attend",
        q.getManager(),
        list(mask == null ? Stream.of(q, k, v) : Stream.of(q, k, v, mask)));
  }

  @Override
  public NDArray attention(MultiHeadAttention layers, NDArray x, NDArray memory, NDArray mask) {
    Stream.Builder<NDArray> tensors = Stream.builder();
    tensors.add(x).add(memory);
    for (Linear layer : List.of(layers.query(), layers.key(), layers.value(), layers.output())) {
      tensors.add(layer.weight()).add(layer.bias());
    }
    if (mask != null) {
      tensors.add(mask);
    }
    return script.run(
        "attention",
        x.getManager(),
        list(tensors.build()),
        IValue.from((long) layers.heads()),
        IValue.from(x == memory));
  }

  private static IValue list(Stream<NDArray> tensors) {
    return IValue.listFrom(tensors.toArray(PtNDArray[]::new));
  }
}

package io.radstream.model.explicit;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.Activation;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ScalarType;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.layers.ScriptedArithmetic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The engine's operations that the network and its way back consist of. Products are in one type of
 * numbers, the narrow one; all else is in another, the wide one.
 *
 * @param manager what is computed belongs to it
 */
public record Operations(TorchScript script, NDManager manager) {

  /** How attention is computed. */
  enum Attention {
    /** Scores, softmax and weighted sum, sequence by sequence: any type, any device. */
    PARTS("explicit_parts.py"),
    /** In one operation that keeps no weights: 16 bits on a GPU. */
    FLASH("explicit_flash.py");

    private final String script;

    Attention(String script) {
      this.script = script;
    }

    private static Attention of(Device device, Precision precision) {
      return device.isGpu() && precision != Precision.FLOAT32 ? FLASH : PARTS;
    }
  }

  /**
   * What is not a product in float32.
   *
   * @param manager lives as long as the network
   */
  public static Operations of(NDManager manager, Precision precision) {
    return of(
        manager,
        ScriptedArithmetic.type(precision),
        ScalarType.FLOAT32,
        Attention.of(manager.getDevice(), precision));
  }

  /**
   * @param manager lives as long as the network
   */
  static Operations of(NDManager manager, ScalarType narrow, ScalarType wide, Attention attention) {
    String source =
        source(attention).replace("{narrow}", narrow.toString()).replace("{wide}", wide.toString());
    return new Operations(TorchScript.load(manager, source), manager);
  }

  private static String source(Attention attention) {
    return TorchScript.source("explicit.py") + TorchScript.source(attention.script);
  }

  /**
   * Of what a network of this precision is computed with: the kind of attention, and the first
   * twelve hexadecimal digits of the SHA-256 of the operations.
   */
  public static String name(Device device, Precision precision) {
    Attention attention = Attention.of(device, precision);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(source(attention).getBytes(StandardCharsets.UTF_8));
      return attention.name().toLowerCase(Locale.ROOT) + " " + HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The same for another owner. */
  public Operations in(NDManager other) {
    return new Operations(script, other);
  }

  /** For what lives no longer than a layer. */
  Operations within() {
    return in(manager.newSubManager());
  }

  void close() {
    manager.close();
  }

  /** A weight in another shape. */
  NDArray shaped(NDArray weight, long... sides) {
    NDArray shaped = weight.reshape(sides);
    shaped.attach(manager);
    return shaped;
  }

  NDArray one(String method, NDArray... arguments) {
    return script.run(method, manager, values(arguments));
  }

  private static IValue[] values(NDArray... arguments) {
    return Arrays.stream(arguments).map(Operations::value).toArray(IValue[]::new);
  }

  private static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  private static IValue value(List<NDArray> arrays) {
    return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
  }

  private List<NDArray> many(String method, IValue... values) {
    try (IValue result = script.call(method, values)) {
      return List.copyOf(result.toNDList((PtNDManager) manager));
    } finally {
      Arrays.stream(values).forEach(IValue::close);
    }
  }

  private List<NDArray> many(String method, NDArray... arguments) {
    return many(method, values(arguments));
  }

  /** rows × inputs to rows × outputs, narrow. */
  NDArray product(NDArray x, NDArray weight, NDArray bias) {
    return one("product", x, weight, bias);
  }

  /** The gradient by x. */
  NDArray productBack(NDArray dy, NDArray weight) {
    return one("product_back", dy, weight);
  }

  /** The gradient by the weight, wide. */
  NDArray productWeight(NDArray dy, NDArray x) {
    return one("product_weight", dy, x);
  }

  /** Sum over the first axis, wide. */
  NDArray sumRows(NDArray x) {
    return one("sum_rows", x);
  }

  NDArray joined(NDArray... parts) {
    return script.run("joined", manager, value(List.of(parts)));
  }

  /** Along the last axis. */
  NDArray beside(NDArray... parts) {
    return script.run("beside", manager, value(List.of(parts)));
  }

  /** Views, as many as there are parts. */
  List<NDArray> chunks(NDArray x, int count, int axis) {
    return many("chunks", value(x), IValue.from((long) count), IValue.from((long) axis));
  }

  NDArray add(NDArray x, NDArray y) {
    return one("add", x, y);
  }

  /** In place. */
  void addTo(NDArray x, NDArray y) {
    try (IValue to = value(x);
        IValue more = value(y)) {
      script.call("add_to", to, more).close();
    }
  }

  NDArray wide(NDArray x) {
    return one("wide", x);
  }

  NDArray times(NDArray x, NDArray y) {
    return one("times", x, y);
  }

  NDArray scaled(NDArray x, double factor) {
    return script.run("scaled", manager, value(x), IValue.from(factor));
  }

  /** Normalised rows, their means and one over their deviations. */
  List<NDArray> norm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
    return many("norm", value(x), value(weight), value(bias), IValue.from(epsilon));
  }

  /** Gradients by x, weight and bias. */
  List<NDArray> normBack(
      NDArray dy, NDArray x, NDArray mean, NDArray deviation, NDArray weight, NDArray bias) {
    return many("norm_back", dy, x, mean, deviation, weight, bias);
  }

  NDArray activate(Activation activation, NDArray x) {
    return switch (activation) {
      case RELU -> one("relu", x);
      case GELU -> one("gelu", x);
    };
  }

  NDArray activateBack(Activation activation, NDArray dy, NDArray x, NDArray y) {
    return switch (activation) {
      case RELU -> one("relu_back", dy, y);
      case GELU -> one("gelu_back", dy, x);
    };
  }

  /** 0, or one over the probability to be kept; the engine's seed decides which. */
  NDArray noise(NDArray like, double keep) {
    return script.run("noise", manager, value(like), IValue.from(keep));
  }

  /** table: count × width; ids: any shape. */
  NDArray look(NDArray table, NDArray ids) {
    return one("look", table, ids);
  }

  NDArray lookBack(NDArray dy, NDArray ids, long count) {
    return script.run("look_back", manager, value(dy), value(ids), IValue.from(count));
  }

  /** Those at places of the first axis. */
  NDArray pick(NDArray x, NDArray places) {
    return one("pick", x, places);
  }

  /**
   * @param count places that there are
   */
  NDArray pickBack(NDArray dy, NDArray places, long count) {
    return script.run("pick_back", manager, value(dy), value(places), IValue.from(count));
  }

  /**
   * Attention within sequences.
   *
   * @param q rows × width; k and v: rows × width of what is attended to
   * @return what is attended to, rows × width, and behind it what the way back needs
   */
  List<NDArray> attend(
      NDArray q,
      NDArray k,
      NDArray v,
      Sequences queries,
      Sequences keys,
      int heads,
      boolean causal) {
    return many(
        "attend",
        value(q),
        value(k),
        value(v),
        IValue.listFrom(queries.lengths()),
        IValue.listFrom(keys.lengths()),
        value(List.of(queries.bounds(), keys.bounds())),
        IValue.from((long) heads),
        IValue.from(causal),
        IValue.from(queries.isEven() && keys.isEven()));
  }

  /**
   * Gradients by q, k and v.
   *
   * @param kept what attention gave
   */
  List<NDArray> attendBack(
      NDArray dy,
      NDArray q,
      NDArray k,
      NDArray v,
      List<NDArray> kept,
      Sequences queries,
      Sequences keys,
      int heads,
      boolean causal) {
    return many(
        "attend_back",
        value(dy),
        value(q),
        value(k),
        value(v),
        value(kept),
        IValue.listFrom(queries.lengths()),
        IValue.listFrom(keys.lengths()),
        value(List.of(queries.bounds(), keys.bounds())),
        IValue.from((long) heads),
        IValue.from(causal),
        IValue.from(queries.isEven() && keys.isEven()));
  }

  /** Vectors of unit length along the last axis, and the lengths that they had. */
  List<NDArray> unit(NDArray x, double epsilon) {
    return many("unit", value(x), IValue.from(epsilon));
  }

  NDArray unitBack(NDArray dy, NDArray y, NDArray length, double epsilon) {
    return script.run(
        "unit_back", manager, value(dy), value(y), value(length), IValue.from(epsilon));
  }

  /**
   * @param logits rows × vocabulary
   * @param next rows × 1
   * @return the sum of log-likelihoods, and log Σ exp of each row
   */
  List<NDArray> likelihood(NDArray logits, NDArray next) {
    return many("likelihood", logits, next);
  }

  /** The gradient by the logits of the sum of log-likelihoods times a factor. */
  NDArray likelihoodBack(NDArray logits, NDArray next, NDArray sums, double factor) {
    return script.run(
        "likelihood_back", manager, value(logits), value(next), value(sums), IValue.from(factor));
  }

  /** Loss, and gradients by the vectors of unit length. */
  List<NDArray> compare(NDArray studies, NDArray reports, double temperature, double weight) {
    return compare("compare", studies, reports, temperature, weight);
  }

  /** The same, pair by pair. */
  List<NDArray> comparePairs(NDArray studies, NDArray reports, double temperature, double bias) {
    return compare("compare_pairs", studies, reports, temperature, bias);
  }

  private List<NDArray> compare(
      String method, NDArray studies, NDArray reports, double temperature, double more) {
    return many(
        method, value(studies), value(reports), IValue.from(temperature), IValue.from(more));
  }

  /** The sum over known labels, and its gradient by the logits. */
  List<NDArray> label(NDArray logits, NDArray present, NDArray known) {
    return many("label", logits, present, known);
  }
}

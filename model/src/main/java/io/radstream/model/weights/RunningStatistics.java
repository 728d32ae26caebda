package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.RunningMoments;
import io.radstream.model.layers.RunningMoments.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The running statistics of all batch normalisations of a network. They change once for each
 * optimizer step, by the moments over all that the passes of the step have seen together: as if it
 * had been one pass, in however many parts the batch was taken. Of one thread.
 */
public final class RunningStatistics {

  /** Share of the new in the running ones; PyTorch's default. */
  private static final double MOMENTUM = 0.1;

  private static final int COUNTS = 0;
  private static final int MEANS = 1;
  private static final int VARIANCES = 2;

  private record Layer(NetworkPart part, int depth, RunningMoments moments) {}

  /** Tells of a place in the network whether it is frozen. */
  @FunctionalInterface
  public interface Frozen {
    /**
     * @param depth as of {@link Parameter}
     */
    boolean covers(NetworkPart part, int depth);
  }

  private final List<Layer> layers = new ArrayList<>();

  void add(NetworkPart part, int depth, RunningMoments moments) {
    layers.add(new Layer(part, depth, moments));
  }

  /** Frozen layers keep theirs, and normalise by them. */
  public void hold(Frozen frozen) {
    layers.stream()
        .filter(layer -> frozen.covers(layer.part(), layer.depth()))
        .forEach(layer -> layer.moments().hold());
  }

  /** Those that passes of this step went through: of an encoder that is used all, and all alike. */
  private List<RunningMoments> used() {
    return layers.stream()
        .map(Layer::moments)
        .filter(moments -> !moments.seen().isEmpty())
        .toList();
  }

  /**
   * What the passes of this step have seen: passes × 3 × channels of all layers, the three being
   * counts, means and variances. Of shares of a batch the rows of all belong together.
   *
   * @param scratch owns them
   * @return empty where no pass has seen anything
   */
  public Optional<NDArray> seen(NDManager scratch) {
    List<RunningMoments> used = used();
    if (used.isEmpty()) {
      return Optional.empty();
    }
    NDList rows = new NDList();
    for (int pass = 0; pass < used.get(0).seen().size(); pass++) {
      int at = pass;
      rows.add(row(scratch, used.stream().map(moments -> moments.seen().get(at)).toList()));
    }
    return Optional.of(NDArrays.stack(rows));
  }

  /** 3 × channels of all layers. */
  private static NDArray row(NDManager scratch, List<Seen> layers) {
    NDArray means = joined(scratch, layers, Seen::mean);
    double[] counts =
        layers.stream()
            .flatMapToDouble(
                layer ->
                    IntStream.range(0, (int) layer.mean().size()).mapToDouble(i -> layer.count()))
            .toArray();
    return NDArrays.stack(
        new NDList(
            scratch.create(counts).toType(means.getDataType(), false),
            means,
            joined(scratch, layers, Seen::variance)));
  }

  private static NDArray joined(
      NDManager scratch, List<Seen> layers, Function<Seen, NDArray> which) {
    NDArray joined = NDArrays.concat(new NDList(layers.stream().map(which).toList()));
    joined.attach(scratch);
    return joined;
  }

  /**
   * Brings the running ones forward; call while nothing is recorded.
   *
   * @param seen as {@link #seen} gives them, of all shares
   */
  public void take(NDArray seen) {
    NDArray counts = seen.get(":, " + COUNTS);
    NDArray means = seen.get(":, " + MEANS);
    int[] passes = {0};
    NDArray total = counts.sum(passes);
    NDArray mean = means.mul(counts).sum(passes).div(total);
    NDArray squares =
        seen.get(":, " + VARIANCES)
            .mul(counts.sub(1))
            .add(means.sub(mean).square().mul(counts))
            .sum(passes);
    NDArray variance = squares.div(total.sub(1).maximum(1));
    long[] ends = ends();
    NDList ofMeans = mean.split(ends);
    NDList ofVariances = variance.split(ends);
    List<RunningMoments> used = used();
    for (int layer = 0; layer < used.size(); layer++) {
      move(used.get(layer).mean(), ofMeans.get(layer));
      move(used.get(layer).variance(), ofVariances.get(layer));
    }
  }

  /** Where the channels of a layer end and those of the next begin. */
  private long[] ends() {
    long[] sides = used().stream().mapToLong(moments -> moments.mean().size()).toArray();
    Arrays.parallelPrefix(sides, Long::sum);
    return Arrays.copyOf(sides, sides.length - 1);
  }

  private static void move(NDArray running, NDArray seen) {
    running.muli(1 - MOMENTUM).addi(seen.mul(MOMENTUM));
  }

  /** Ends the step: what its passes have seen is let go of. */
  public void forget() {
    layers.forEach(layer -> layer.moments().forget());
  }
}

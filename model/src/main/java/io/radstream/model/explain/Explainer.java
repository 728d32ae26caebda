package io.radstream.model.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.weights.Parameter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Explains scores of a network with its own weights, in passes of its own: they are in float32
 * whatever the network computes in, and need the memory of the way back. Thread-safe.
 */
public final class Explainer {

  private final RefersNetwork network;
  private final Map<String, NDArray> weights;

  /**
   * @param network stays open as long as this is used; it is read only
   */
  public Explainer(RefersNetwork network) {
    this.network = network;
    this.weights =
        network.weights().parameters().stream()
            .collect(Collectors.toMap(Parameter::name, Parameter::value));
  }

  /**
   * Where in a study a score comes from.
   *
   * @param manager that the network's weights are in
   * @param images 3 views × side × side, as in {@link io.radstream.model.network.StudyBatch#images}
   * @throws IllegalArgumentException where a network of this kind has no such map or no such score
   */
  public StudyMaps explain(NDManager manager, float[] images, ExplainedScore score, MapKind kind) {
    kind.whyNot(network.config())
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("%s: it has no map %s".formatted(reason, kind));
            });
    try (NDManager scratch = TorchEngine.scratch(manager)) {
      return TorchEngine.recording(true, () -> explain(images, score, kind, scratch));
    }
  }

  private StudyMaps explain(float[] images, ExplainedScore score, MapKind kind, NDManager scratch) {
    AttentionRecord record = new AttentionRecord();
    RefersNetwork recorded = recorded(scratch, record);
    int side = network.config().radiograph().imageSize();
    DistinctViews views = DistinctViews.of(scratch, network.memory(), images, 1, side);
    ImageEncoder.Output seen = recorded.radiograph().apply(views.images());
    NDArray zero = AttentionRecord.zero(seen.patches());
    ImageEncoder.Output marked =
        new ImageEncoder.Output(seen.aggregated(), seen.patches().add(zero));
    NDArray value = score.of(recorded, recorded.fusion().apply(marked.at(views.places()))).sum();
    TorchEngine.backward(value);
    List<double[]> maps =
        switch (kind) {
          case GRADIENT ->
              record.attentions().isEmpty() ? weighted(seen.patches(), zero) : relevance(record);
          case ATTENTION -> attention(record);
          case ACTIVATION -> activation(seen.patches(), zero);
        };
    return new StudyMaps(
        value.toType(DataType.FLOAT64, false).getDouble(),
        scaled(maps, views.places().toLongArray()));
  }

  /** The same network on the same weights, which tells of its attention. */
  private RefersNetwork recorded(NDManager scratch, AttentionRecord record) {
    Set<NetworkPart> parts = EnumSet.of(NetworkPart.RADIOGRAPH, NetworkPart.FUSION);
    if (network.labels().isPresent()) {
      parts.add(NetworkPart.HEADS);
    }
    return RefersNetwork.of(
        scratch, network.config(), parts, (name, shape, kind) -> weights.get(name), record);
  }

  private List<double[]> relevance(AttentionRecord record) {
    return follow(
        record,
        attention -> {
          NDArray pull = attention.weights().mul(attention.zero().getGradient());
          return ai.djl.nn.Activation.relu(pull).mean(new int[] {1});
        },
        rollout -> rollout.relevance(read()));
  }

  private List<double[]> attention(AttentionRecord record) {
    return follow(
        record,
        attention -> attention.weights().mean(new int[] {1}),
        rollout -> rollout.attention(read()));
  }

  /** All that the study's vector is made of counts alike. */
  private double[] read() {
    double[] read = new double[1 + network.radiograph().places()];
    if (network.config().fusion().kind() == FusionKind.SIGMOID) {
      read[0] = 1;
    } else {
      Arrays.fill(read, 1);
    }
    return read;
  }

  /**
   * @param heads views × tokens × tokens of a block: what its heads have in common
   * @return for each distinct view, a value for each patch
   */
  private List<double[]> follow(
      AttentionRecord record,
      Function<AttentionRecord.Attention, NDArray> heads,
      Function<Rollout, double[]> follow) {
    int tokens = 1 + network.radiograph().places();
    List<NDArray> blocks = record.attentions().stream().map(heads).toList();
    int views = (int) blocks.get(0).getShape().get(0);
    return IntStream.range(0, views)
        .mapToObj(view -> new Rollout(ofView(blocks, view), tokens))
        .map(follow)
        .map(values -> Arrays.copyOfRange(values, 1, tokens))
        .toList();
  }

  private static List<float[]> ofView(List<NDArray> blocks, int view) {
    return blocks.stream().map(block -> block.get(new NDIndex(view)).toFloatArray()).toList();
  }

  /** Views × places × width each: what a place pulls the score up by; what pulls it down is 0. */
  private static List<double[]> activation(NDArray patches, NDArray zero) {
    return ofViews(patches.mul(zero.getGradient()).sum(new int[] {2}));
  }

  /**
   * @param shares views × places
   */
  private static List<double[]> ofViews(NDArray shares) {
    return IntStream.range(0, (int) shares.getShape().get(0))
        .mapToObj(view -> positive(shares.get(new NDIndex(view)).toFloatArray()))
        .toList();
  }

  /** Grad-CAM (Selvaraju et al., 2017, equations 1 and 2). */
  private static List<double[]> weighted(NDArray patches, NDArray zero) {
    NDArray weights = zero.getGradient().mean(new int[] {1}, true);
    return ofViews(patches.mul(weights).sum(new int[] {2}));
  }

  private static double[] positive(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.max(0, values[i])).toArray();
  }

  private List<PatchMap> scaled(List<double[]> maps, long[] places) {
    double least = maps.stream().flatMapToDouble(Arrays::stream).min().orElse(0);
    double most = maps.stream().flatMapToDouble(Arrays::stream).max().orElse(0);
    double range = most > least ? most - least : 1;
    int grid = (int) Math.sqrt(network.radiograph().places());
    List<PatchMap> distinct =
        maps.stream().map(map -> new PatchMap(grid, scaled(map, least, range))).toList();
    return Arrays.stream(places).mapToObj(place -> distinct.get((int) place)).toList();
  }

  private static float[] scaled(double[] map, double least, double range) {
    float[] scaled = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      scaled[i] = (float) ((map[i] - least) / range);
    }
    return scaled;
  }
}

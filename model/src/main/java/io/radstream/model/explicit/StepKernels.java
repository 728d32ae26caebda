package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.kernels.ColumnKernels;
import io.radstream.model.kernels.EmbeddingKernels;
import io.radstream.model.kernels.EntropyKernels;
import io.radstream.model.kernels.FusionKernels;
import io.radstream.model.kernels.KernelBinaries;
import io.radstream.model.kernels.NormKernels;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.SoftmaxFusion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The kernels of a step, made for the widths of a network. What products give and take is bfloat16,
 * residual sums are float32.
 *
 * @param norms by width
 * @param embeddings by width
 * @param entropy where reports are written
 * @param fusion where views are fused by softmax
 * @param one a float32 on the card, for as long as the network is
 */
public record StepKernels(
    Card card,
    Map<Integer, NormKernels> norms,
    Map<Integer, EmbeddingKernels> embeddings,
    ColumnKernels columns,
    Optional<EntropyKernels> entropy,
    Optional<FusionKernels> fusion,
    NDArray one) {

  /** Kernels read as many neighbours at once. */
  private static final int EIGHT = 8;

  private static final int DIGITS = 12;

  /**
   * Empty where the kernels do not speak the precision, or where a width is no multiple of 8: then
   * all goes by the engine's operations.
   *
   * @param manager lives as long as the network
   * @throws io.radstream.model.kernels.KernelException where the kernels cannot be compiled or
   *     loaded
   */
  static Optional<StepKernels> of(
      Card card, NDManager manager, RefersNetwork network, Precision precision) {
    boolean fit =
        IntStream.concat(IntStream.of(widths(network)), innerWidths(network))
            .allMatch(width -> width % EIGHT == 0);
    return fit && precision == Precision.BFLOAT16
        ? Optional.of(load(card, manager, network))
        : Optional.empty();
  }

  private static int[] widths(RefersNetwork network) {
    ModelConfig config = network.config();
    IntStream.Builder widths = IntStream.builder().add(config.radiograph().width());
    network.report().ifPresent(report -> widths.add(report.config().width()));
    network.text().ifPresent(text -> widths.add(text.config().width()));
    return widths.build().distinct().toArray();
  }

  private static IntStream innerWidths(RefersNetwork network) {
    ModelConfig config = network.config();
    return IntStream.of(config.radiograph().mlp(), config.report().mlp(), config.text().mlp());
  }

  private static StepKernels load(Card card, NDManager manager, RefersNetwork network) {
    int[] widths = widths(network);
    return new StepKernels(
        card,
        byWidth(widths, width -> NormKernels.load(card.device(), width, true)),
        byWidth(widths, width -> EmbeddingKernels.load(card.device(), true, width)),
        ColumnKernels.load(card.device()),
        network
            .report()
            .map(report -> padded(report.config().vocabulary()))
            .map(columns -> EntropyKernels.load(card.device(), columns)),
        network.fusion() instanceof SoftmaxFusion
            ? Optional.of(FusionKernels.load(card.device()))
            : Optional.empty(),
        manager.create(1f));
  }

  private static <T> Map<Integer, T> byWidth(int[] widths, Function<Integer, T> load) {
    return IntStream.of(widths).boxed().collect(Collectors.toMap(width -> width, load));
  }

  /** Columns of logits for so many classes. */
  static int padded(int classes) {
    return (classes + EIGHT - 1) / EIGHT * EIGHT;
  }

  /** The first hexadecimal digits of a digest of what decides which bits come out. */
  String digest() {
    List<String> keys =
        Stream.of(
                norms.values().stream().map(NormKernels::key),
                embeddings.values().stream().map(EmbeddingKernels::key),
                Stream.of(columns.key()),
                entropy.stream().map(EntropyKernels::key),
                fusion.stream().map(FusionKernels::key))
            .flatMap(all -> all)
            .toList();
    return KernelBinaries.kernelsHash(keys).substring(0, DIGITS);
  }
}

package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.Flops;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells the hidden tokens of a report from the others and from a feature of its study, which is
 * added to the embedding of every token (Zhou et al., 2023, MRM, section 3). Blocks and head as in
 * BERT, without segments; one learned embedding stands for each hidden token. Sizes are those of
 * the report transformer.
 *
 * @param words vocabulary × width; the output layer shares it
 * @param unseen width: stands for a hidden token
 * @param positions longest report × width
 * @param study width of a study's feature to width
 * @param transform width to width, in front of the output
 * @param output width to vocabulary
 */
public record HiddenTokenReader(
    ModelConfig.Encoder config,
    NDArray words,
    NDArray unseen,
    NDArray positions,
    LayerNorm norm,
    Linear study,
    List<TextBlock> blocks,
    Linear transform,
    LayerNorm transformed,
    Linear output) {

  /**
   * @param name in front of its weights' names
   * @param layers blocks
   */
  public static HiddenTokenReader of(RefersNetwork network, String name, int layers) {
    Weights.Scope scope = network.weights().scope(NetworkPart.PRETEXT, name);
    ModelConfig.Encoder config = sizes(network.config().report(), layers);
    int width = config.width();
    NDArray words =
        scope.weight("word_embeddings.weight", Kind.EMBEDDING, config.vocabulary(), width);
    return new HiddenTokenReader(
        config,
        words,
        scope.weight("hidden_embedding", Kind.ZERO_EMBEDDING, width),
        scope.weight("position_embeddings.weight", Kind.EMBEDDING, config.maxTokens(), width),
        scope.norm("LayerNorm", width, TextEncoder.EPSILON),
        scope.linear("study_projection", network.radiograph().width(), width),
        IntStream.range(0, layers)
            .mapToObj(i -> TextBlock.of(scope.block("layer", i), config))
            .toList(),
        scope.linear("transform.dense", width, width),
        scope.norm("transform.LayerNorm", width, TextEncoder.EPSILON),
        scope.linear(words, scope.weight("logits.bias", Kind.BIAS, config.vocabulary())));
  }

  private static ModelConfig.Encoder sizes(ModelConfig.Decoder report, int layers) {
    return new ModelConfig.Encoder(
        report.vocabulary(),
        report.width(),
        layers,
        report.heads(),
        report.mlp(),
        report.maxTokens(),
        report.dropout());
  }

  /**
   * @param reports those of which tokens are hidden, whole and none too long
   * @param hidden for each of them the places of its hidden tokens
   * @param studies reports × width of a study's feature
   * @return hidden tokens, report by report, × vocabulary: logits
   */
  public NDArray apply(int[][] reports, int[][] hidden, NDArray studies, boolean training) {
    NDManager scratch = studies.getManager();
    TokenBatch batch = TokenBatch.of(scratch, reports, config.maxTokens());
    Places places = Places.of(hidden, (int) batch.ids().getShape().get(1));
    Dropout dropout = new Dropout(config.dropout(), training);
    NDArray tokens = norm.apply(embed(batch.ids(), places.mask(scratch, words.getDataType())));
    NDArray x = dropout.apply(tokens).add(study.apply(studies).expandDims(1));
    for (TextBlock block : blocks) {
      x = block.apply(x, batch.mask(), dropout);
    }
    NDArray asked = x.reshape(-1, config.width()).get(scratch.create(places.rows()));
    return output.apply(transformed.apply(Activation.gelu(transform.apply(asked))));
  }

  private NDArray embed(NDArray ids, NDArray hidden) {
    NDManager scratch = ids.getManager();
    NDArray shown = hidden.onesLike().sub(hidden);
    NDArray here = scratch.arange(0, (int) ids.getShape().get(1), 1, DataType.INT64);
    return TokenEmbedding.look(ids, words)
        .mul(shown)
        .add(hidden.mul(unseen))
        .add(TokenEmbedding.look(here, positions));
  }

  /**
   * Hidden places of reports that are as long as the longest.
   *
   * @param rows indices into reports × tokens, flattened
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record Places(long[] rows, int reports, int longest) {

    static Places of(int[][] hidden, int longest) {
      long[] rows =
          IntStream.range(0, hidden.length)
              .boxed()
              .flatMapToLong(
                  report ->
                      IntStream.of(hidden[report])
                          .mapToLong(place -> (long) report * longest + place))
              .toArray();
      return new Places(rows, hidden.length, longest);
    }

    /** reports × longest × 1: 1 where a token is hidden. */
    NDArray mask(NDManager manager, DataType type) {
      float[] mask = new float[reports * longest];
      for (long row : rows) {
        mask[(int) row] = 1;
      }
      return manager.create(mask, new Shape(reports, longest, 1)).toType(type, false);
    }
  }

  /**
   * Floating-point operations for one report.
   *
   * @param studyWidth width of a study's feature
   * @param hidden tokens that are asked for
   */
  public static long flops(
      ModelConfig.Decoder report, int layers, long tokens, long hidden, long studyWidth) {
    long width = report.width();
    long block = Flops.selfAttention(tokens, width) + Flops.perceptron(tokens, width, report.mlp());
    return Flops.product(1, studyWidth, width)
        + layers * block
        + Flops.product(hidden, width, width)
        + Flops.product(hidden, width, report.vocabulary());
  }
}

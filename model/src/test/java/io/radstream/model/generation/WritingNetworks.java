package io.radstream.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Learning;
import io.radstream.model.Refers;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.SeededWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Small networks that write, and the plain way to ask them for the next token. */
final class WritingNetworks {

  static final int START = 2;
  static final int END = 3;

  private WritingNetworks() {}

  /** The same network with another vocabulary, longest report and number of decoder blocks. */
  static ModelConfig with(ModelConfig config, int vocabulary, int maxTokens, int layers) {
    Decoder old = config.report();
    Decoder decoder =
        new Decoder(
            vocabulary,
            old.width(),
            layers,
            old.heads(),
            old.mlp(),
            maxTokens,
            0,
            old.activation(),
            old.positions());
    return new ModelConfig(
        config.radiograph(),
        config.fusion(),
        decoder,
        config.text(),
        config.objectives(),
        config.findings());
  }

  static Refers refers(ModelConfig config, long seed, Path directory) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 0, 0);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(config, optimizer, Compute.PLAIN, ComputeDevice.best()), seed)) {
      training.save(weights, directory.resolve("optimizer.safetensors"));
    }
    return Refers.load(config, weights, ComputeDevice.best());
  }

  /**
   * The same weights as {@link #refers}, without a cache: each question is a pass over all tokens.
   */
  record Uncached(NDManager manager, RefersNetwork network, NDArray memory)
      implements AutoCloseable {

    static Uncached of(ModelConfig config, long seed, float[] images, int studies) {
      NDManager manager = ComputeDevice.best().newManager();
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              new SeededWeights(manager, seed),
              new Arithmetic.Plain());
      return new Uncached(manager, network, network.study(manager, images, studies).memory());
    }

    ReportTransformer decoder() {
      return network.report().orElseThrow();
    }

    /** rows × tokens × vocabulary, for as many rows of the memory. */
    float[][][] logits(int[][] reports) {
      try (NDManager scratch = manager.newSubManager()) {
        long[] ids = Arrays.stream(reports).flatMapToInt(Arrays::stream).asLongStream().toArray();
        int tokens = reports[0].length;
        NDArray logits =
            decoder()
                .logits(
                    decoder()
                        .features(
                            scratch.create(ids, new Shape(reports.length, tokens)), memory, false));
        float[] flat = logits.toFloatArray();
        int vocabulary = decoder().config().vocabulary();
        float[][][] result = new float[reports.length][tokens][];
        for (int i = 0; i < reports.length * tokens; i++) {
          result[i / tokens][i % tokens] =
              Arrays.copyOfRange(flat, i * vocabulary, (i + 1) * vocabulary);
        }
        return result;
      }
    }

    /**
     * Log-probabilities of what follows; mean over the rows of the memory, start token left out.
     */
    double[] next(int[] report) {
      int rows = (int) memory.getShape().get(0);
      int[][] repeated = new int[rows][];
      Arrays.fill(repeated, report);
      double[] mean = new double[decoder().config().vocabulary()];
      for (float[][] row : logits(repeated)) {
        float[] last = row[report.length - 1];
        double sum = 0;
        for (float logit : last) {
          sum += Math.exp(logit);
        }
        for (int token = 0; token < mean.length; token++) {
          mean[token] += (last[token] - Math.log(sum)) / rows;
        }
      }
      mean[START] = Double.NEGATIVE_INFINITY;
      return mean;
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}

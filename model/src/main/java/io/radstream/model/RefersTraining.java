package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.radstream.model.Weights.MissingWeightException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A REFERS network that learns, with its optimizer's state. Not thread-safe. */
public final class RefersTraining implements AutoCloseable {

  private final NDManager manager;
  private final RefersNetwork network;
  private final Sgd optimizer;

  private RefersTraining(NDManager manager, RefersNetwork network, Sgd optimizer) {
    this.manager = manager;
    this.network = network;
    this.optimizer = optimizer;
  }

  /** A new network; weights are a pure function of the configuration and the seed. */
  public static RefersTraining start(ModelConfig config, OptimizerConfig optimizer, long seed) {
    NDManager manager = TorchEngine.newManager();
    RefersNetwork network = RefersNetwork.of(config, new SeededWeights(manager, seed));
    Sgd sgd = new Sgd(optimizer, network.weights().parameters(), Sgd.atRest(manager));
    return new RefersTraining(manager, network, sgd);
  }

  /**
   * Goes on from saved files.
   *
   * @throws IOException where a file is damaged, or a tensor is missing or has another shape; the
   *     message names the first
   */
  public static RefersTraining resume(
      ModelConfig config, OptimizerConfig optimizer, Path weights, Path optimizerState)
      throws IOException {
    NDManager manager = TorchEngine.newManager();
    try {
      RefersNetwork network = RefersNetwork.of(config, Safetensors.read(manager, weights));
      Sgd sgd =
          new Sgd(
              optimizer, network.weights().parameters(), Safetensors.read(manager, optimizerState));
      return new RefersTraining(manager, network, sgd);
    } catch (MissingWeightException e) {
      manager.close();
      throw e.asIoException();
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * One optimizer step.
   *
   * @param stepSeed seeds everything random inside the step (dropout)
   * @throws NonFiniteLossException where the loss or a gradient is not a number; the weights are
   *     then unchanged
   */
  public StepResult step(StudyBatch batch, LearningRates rates, long stepSeed) {
    TorchEngine.engine().setRandomSeed((int) (stepSeed ^ (stepSeed >>> 32)));
    try (NDManager scratch = manager.newSubManager()) {
      Forward forward;
      try (GradientCollector gradients = TorchEngine.engine().newGradientCollector()) {
        forward = forward(scratch, batch, true);
        gradients.backward(forward.loss());
      }
      Sgd.Gradients found = optimizer.gradients(scratch);
      StepResult result =
          new StepResult(
              forward.contrastive().getFloat(),
              forward.language().getFloat(),
              forward.loss().getFloat(),
              forward.tokens(),
              found.norm());
      if (!Double.isFinite(result.loss()) || !Double.isFinite(result.gradientNorm())) {
        found.clear();
        throw new NonFiniteLossException(
            "loss %s, gradient norm %s".formatted(result.loss(), result.gradientNorm()));
      }
      optimizer.update(rates, found, result.gradientNorm());
      found.clear();
      return result;
    }
  }

  /** Losses and vectors of a batch; nothing is learned. */
  public Evaluation evaluate(StudyBatch batch) {
    boolean recording = JniUtils.isGradMode();
    // What backward would need is not worth its memory here.
    JniUtils.setGradMode(false);
    try (NDManager scratch = manager.newSubManager()) {
      Forward forward = forward(scratch, batch, false);
      return new Evaluation(
          forward.contrastive().getFloat(),
          forward.language().getFloat(),
          forward.loss().getFloat(),
          forward.tokens(),
          Rows.of(forward.studies()),
          Rows.of(forward.reports()));
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  /** Writes weights and optimizer state as safetensors. */
  public void save(Path weights, Path optimizerState) throws IOException {
    Map<String, NDArray> values = new LinkedHashMap<>();
    for (Parameter parameter : network.weights().parameters()) {
      values.put(parameter.name(), parameter.value());
    }
    Safetensors.write(weights, values);
    Safetensors.write(optimizerState, optimizer.state());
  }

  @Override
  public void close() {
    manager.close();
  }

  /**
   * @param contrastive scalar
   * @param language scalar
   * @param loss scalar, what is minimised
   * @param studies batch × 3 width, unit length
   * @param reports batch × 3 width, unit length
   */
  private record Forward(
      NDArray contrastive,
      NDArray language,
      NDArray loss,
      int tokens,
      NDArray studies,
      NDArray reports) {}

  private Forward forward(NDManager scratch, StudyBatch batch, boolean training) {
    ModelConfig config = network.config();
    int side = config.radiograph().imageSize();
    ViewFusion.Study study =
        network.study(DistinctViews.of(scratch, batch.images(), batch.size(), side));

    TokenBatch text = TokenBatch.of(scratch, batch.tokens(), config.text().maxTokens());
    NDArray studies = Losses.unit(study.vector());
    NDArray reports = Losses.unit(network.text().apply(text, training));

    int[][] decoded = cut(batch.tokens(), config.report().maxTokens());
    NDArray ids = TokenBatch.of(scratch, decoded, config.report().maxTokens()).ids();
    NDArray features = network.report().features(ids, study.grid(), training);
    NDArray contrastive = Losses.contrastive(studies, reports, config.temperature());
    NDArray language = Losses.language(network.report(), decoded, features);
    return new Forward(
        contrastive,
        language,
        contrastive.add(Scaling.by(config.languageWeight(), language)),
        Losses.predicted(decoded),
        studies,
        reports);
  }

  private static int[][] cut(int[][] tokens, int maxTokens) {
    int[][] cut = new int[tokens.length][];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = TokenBatch.cut(tokens[i], maxTokens);
    }
    return cut;
  }
}

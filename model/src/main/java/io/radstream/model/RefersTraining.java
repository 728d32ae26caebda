package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.pretrained.PretrainedSource;
import io.radstream.model.pretrained.PretrainedWeights;
import io.radstream.model.pretrained.WeightOrigin;
import io.radstream.model.training.BatchEvaluation;
import io.radstream.model.training.BatchPass;
import io.radstream.model.training.Division;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.Goals;
import io.radstream.model.training.Learner;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.StepObserver;
import io.radstream.model.training.StepResult;
import io.radstream.model.training.StepUnderWay;
import io.radstream.model.training.TrainingSnapshot;
import io.radstream.model.weights.FineTunedWeights;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.TensorWriter;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A REFERS network that learns, with its optimizer's state. Not thread-safe. */
public final class RefersTraining implements AutoCloseable {

  private final NDManager manager;
  private final BatchPass pass;
  private final Learner learner;

  private RefersTraining(NDManager manager, BatchPass pass, Learner learner) {
    this.manager = manager;
    this.pass = pass;
    this.learner = learner;
  }

  /** A new network; weights are a pure function of the configuration and the seed. */
  public static RefersTraining start(Learning learning, long seed) {
    NDManager manager = learning.device().newManager();
    return start(learning, manager, new SeededWeights(manager, seed));
  }

  /**
   * A new network that starts from public weights where they have any, and else as without them.
   *
   * @param origins is told of every public tensor
   * @throws IOException where a tensor cannot be read or has a shape of its own
   */
  public static RefersTraining start(
      Learning learning, long seed, PretrainedWeights pretrained, Consumer<WeightOrigin> origins)
      throws IOException {
    return open(
        learning,
        manager -> {
          PretrainedSource source = pretrained.source(new SeededWeights(manager, seed), origins);
          RefersTraining training = start(learning, manager, source);
          source.finish();
          return training;
        });
  }

  /**
   * A network that sets out from the weights of another, with an optimizer at rest. What the other
   * has and this one does not need is left out; a label head that does not fit is drawn from the
   * seed.
   *
   * @param weights a safetensors file of a network of the same shape
   * @throws IOException where the file is damaged, or another tensor is missing or has another
   *     shape; the message names the first
   */
  public static RefersTraining fineTune(Learning learning, long seed, Path weights)
      throws IOException {
    return open(
        learning,
        manager -> {
          SavedWeights saved = SavedWeights.open(manager, weights);
          FineTunedWeights source = new FineTunedWeights(saved, new SeededWeights(manager, seed));
          return start(learning, manager, source);
        });
  }

  private static RefersTraining start(
      Learning learning, NDManager manager, Weights.Source weights) {
    Compute compute = learning.compute();
    RefersNetwork network = network(learning.model(), compute, manager, weights);
    return start(
        pass(network, compute, learning.exchange()), learning.optimizer(), compute, manager);
  }

  /**
   * @param manager of the weights; closed with the training
   */
  static RefersTraining start(
      ModelConfig config,
      OptimizerConfig optimizer,
      Compute compute,
      NDManager manager,
      Weights.Source weights) {
    RefersNetwork network = network(config, compute, manager, weights);
    return start(pass(network, compute, Exchange.ALONE), optimizer, compute, manager);
  }

  /**
   * @param manager of the weights; closed with the training
   */
  static RefersTraining start(
      BatchPass pass, OptimizerConfig optimizer, Compute compute, NDManager manager) {
    return new RefersTraining(manager, pass, Learner.atRest(manager, pass, optimizer, compute));
  }

  static RefersNetwork network(
      ModelConfig config, Compute compute, NDManager manager, Weights.Source weights) {
    return RefersNetwork.of(
        manager,
        config,
        ObjectiveList.parts(config),
        weights,
        ScriptedArithmetic.of(manager, compute.precision()));
  }

  /** With the objectives of its configuration. */
  static BatchPass pass(RefersNetwork network, Compute compute, Exchange exchange) {
    Goals goals = Goals.of(network, ObjectiveList.of(network.config()));
    return new BatchPass(network, goals, Division.of(compute), exchange);
  }

  /**
   * Goes on from saved files.
   *
   * @throws IOException where a file is damaged, or a tensor is missing or has another shape; the
   *     message names the first
   */
  public static RefersTraining resume(Learning learning, Path weights, Path optimizerState)
      throws IOException {
    Compute compute = learning.compute();
    return open(
        learning,
        manager -> {
          SavedWeights saved = SavedWeights.open(manager, weights);
          RefersNetwork network = network(learning.model(), compute, manager, saved);
          BatchPass pass = pass(network, compute, learning.exchange());
          SavedWeights state = SavedWeights.open(manager, optimizerState);
          return new RefersTraining(
              manager, pass, new Learner(manager, pass, learning.optimizer(), compute, state));
        });
  }

  /** Makes a training of files. */
  private interface Opening {

    RefersTraining from(NDManager manager) throws IOException;
  }

  /** Where it fails, nothing stays in memory. */
  private static RefersTraining open(Learning learning, Opening opening) throws IOException {
    NDManager manager = learning.device().newManager();
    try {
      return opening.from(manager);
    } catch (UncheckedIOException e) {
      manager.close();
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * One optimizer step. Where a gradient overflows in float16 no weight moves, and later steps are
   * taken with a smaller loss scale.
   *
   * @param stepSeed seeds everything random inside the step (dropout)
   * @throws NonFiniteLossException where the loss or a gradient is not a number; the weights are
   *     then unchanged
   */
  public StepResult step(StudyBatch batch, LearningRates rates, long stepSeed) {
    return step(batch, rates, stepSeed, StepObserver.none());
  }

  /** The same, observed. */
  public StepResult step(
      StudyBatch batch, LearningRates rates, long stepSeed, StepObserver observer) {
    return begin(batch, rates, stepSeed, observer).finish();
  }

  /**
   * Begins a step, as {@link #step} takes it; the next may be begun before it is finished. What the
   * network is asked for meanwhile, it answers as it is behind the step.
   */
  public StepUnderWay begin(
      StudyBatch batch, LearningRates rates, long stepSeed, StepObserver observer) {
    return learner.begin(batch, rates, stepSeed, observer);
  }

  /** What is learned by, in the order in which losses are listed. */
  public List<Objective> objectives() {
    return pass.goals().objectives();
  }

  /**
   * How gradients are found, whatever was wanted, and how weights are moved if not by the engine's
   * operations; bits depend on it.
   */
  public String program() {
    return learner.program();
  }

  /** What of this network has no way back that is spelt out; empty where all has. */
  public Optional<String> withoutExplicit() {
    return learner.withoutExplicit();
  }

  /** Losses and vectors of a batch; nothing is learned. */
  public Evaluation evaluate(StudyBatch batch) {
    BatchEvaluation evaluation =
        new BatchEvaluation(pass.network(), pass.goals(), pass.division().most(batch.size()));
    try (NDManager scratch = TorchEngine.scratch(manager)) {
      return TorchEngine.recording(false, () -> evaluation.evaluate(scratch, batch));
    }
  }

  /** Writes weights and optimizer state as safetensors. */
  public void save(Path weights, Path optimizerState) throws IOException {
    try (TrainingSnapshot now = snapshot()) {
      now.save(weights, optimizerState);
    }
  }

  /** Weights and optimizer state as they are; what follows does not change them. */
  public TrainingSnapshot snapshot() {
    return TrainingSnapshot.of(weights(), learner.state());
  }

  /** SHA-256, in lower-case hexadecimal, that the file of the weights would have. */
  public String weightsDigest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      TensorWriter.write(
          new DigestOutputStream(OutputStream.nullOutputStream(), sha256), weights());
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("every Java has SHA-256, and nothing is written", e);
    }
  }

  private Map<String, NDArray> weights() {
    Map<String, NDArray> values = new LinkedHashMap<>();
    for (Parameter parameter : pass.network().weights().parameters()) {
      values.put(parameter.name(), parameter.value());
    }
    return values;
  }

  @Override
  public void close() {
    try {
      learner.close();
    } finally {
      manager.close();
    }
  }
}

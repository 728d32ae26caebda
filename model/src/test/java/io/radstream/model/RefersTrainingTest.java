package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.StepResult;
import io.radstream.model.training.TrainingSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefersTrainingTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0.1);
  private static final ModelConfig WITHOUT_DROPOUT = SmallNetworks.paper(0);
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 10);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void shouldLearnASmallBatchByHeart() {
    StudyBatch batch = batch(6, 1);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 7)) {
      StepResult first = training.step(batch, RATES, 0);

      for (int step = 1; step < 60; step++) {
        training.step(batch, RATES, step);
      }
      Evaluation last = training.evaluate(batch);

      assertThat(loss(last.losses(), "contrastive"))
          .isLessThan(loss(first.losses(), "contrastive") / 4);
      assertThat(loss(last.losses(), "language")).isLessThan(loss(first.losses(), "language") / 2);
    }
  }

  @Test
  void shouldFallAsFastAsTheGradientPredicts() {
    StudyBatch batch = batch(6, 1);
    double rate = 1e-4;
    OptimizerConfig plain = new OptimizerConfig(0, 0, 0);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(WITHOUT_DROPOUT, plain, Compute.PLAIN, ComputeDevice.best()), 7)) {
      StepResult step = training.step(batch, new LearningRates(rate, rate), 0);

      Evaluation after = training.evaluate(batch);

      double fall = step.loss() - after.loss();
      double predicted = rate * step.gradientNorm() * step.gradientNorm();
      assertThat(fall).isCloseTo(predicted, withinPercentage(3));
    }
  }

  @Test
  void shouldGiveTheSameWeightsForTheSameSeedAndData() throws IOException {
    byte[] one = weightsAfter(3, 7);

    byte[] other = weightsAfter(3, 7);

    assertThat(other).isEqualTo(one);
    assertThat(weightsAfter(3, 8)).isNotEqualTo(one);
  }

  @Test
  void shouldKeepASnapshotAsItWasWhileTrainingGoesOn() throws IOException {
    Path weights = directory.resolve("model.safetensors");
    Path momentum = directory.resolve("optimizer.safetensors");
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 7)) {
      training.step(batch(4, 0), RATES, 0);
      byte[] now = save(training);
      byte[] state = Files.readAllBytes(directory.resolve("saved-optimizer.safetensors"));

      try (TrainingSnapshot snapshot = training.snapshot()) {
        training.step(batch(4, 1), RATES, 1);
        snapshot.save(weights, momentum);
      }

      assertThat(Files.readAllBytes(weights)).isEqualTo(now);
      assertThat(Files.readAllBytes(momentum)).isEqualTo(state);
      assertThat(save(training)).isNotEqualTo(now);
    }
  }

  @Test
  void shouldGoOnAfterResumeAsIfNeverStopped() throws IOException {
    Path weights = directory.resolve("model.safetensors");
    Path momentum = directory.resolve("optimizer.safetensors");
    try (RefersTraining stopped =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 7)) {
      stopped.step(batch(4, 0), RATES, 0);
      stopped.save(weights, momentum);
    }

    byte[] resumed;
    try (RefersTraining training =
        RefersTraining.resume(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()),
            weights,
            momentum)) {
      training.step(batch(4, 1), RATES, 1);
      training.step(batch(4, 2), RATES, 2);
      resumed = save(training);
    }

    assertThat(resumed).isEqualTo(weightsAfter(3, 7));
  }

  @Test
  void shouldNotDependOnWhenMemoryIsReused() throws Exception {
    byte[] calm = weightsAfter(20, 7);
    AtomicBoolean done = new AtomicBoolean();
    Thread reuse = new Thread(() -> reuseMemory(done));
    reuse.start();

    byte[] disturbed = weightsAfter(20, 7);

    done.set(true);
    reuse.join();
    assertThat(disturbed).isEqualTo(calm);
  }

  /** Frees what Java no longer refers to, and writes something else there. */
  private static void reuseMemory(AtomicBoolean done) {
    ByteBuffer[] buffers = new ByteBuffer[2_000];
    while (!done.get()) {
      System.gc();
      Arrays.setAll(buffers, i -> ByteBuffer.allocateDirect(Double.BYTES).putDouble(0, Double.NaN));
    }
  }

  private static double loss(BatchLosses losses, String objective) {
    return losses.of(objective).orElseThrow();
  }

  @Test
  void shouldEvaluateTheSameWhateverThePlaceInTheBatch() {
    StudyBatch batch = batch(3, 5);
    StudyBatch rotated = rotate(batch);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 7)) {
      Evaluation straight = training.evaluate(batch);

      Evaluation turned = training.evaluate(rotated);

      assertThat(loss(turned.losses(), "contrastive"))
          .isCloseTo(loss(straight.losses(), "contrastive"), within(1e-5));
      assertThat(loss(turned.losses(), "language"))
          .isCloseTo(loss(straight.losses(), "language"), within(1e-4));
      assertThat(turned.studies()[0]).containsExactly(straight.studies()[1], within(1e-5f));
      assertThat(turned.reports()[2]).containsExactly(straight.reports()[0], within(1e-5f));
    }
  }

  @Test
  void shouldEmbedAsTheTrainedNetworkDoes() throws IOException {
    StudyBatch batch = batch(3, 5);
    Path weights = directory.resolve("model.safetensors");
    Evaluation evaluation;
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 7)) {
      training.save(weights, directory.resolve("optimizer.safetensors"));
      evaluation = training.evaluate(batch);
    }

    try (Refers refers = Refers.load(CONFIG, weights, ComputeDevice.best())) {
      assertThat(refers.embedStudies(batch.images(), 3)).isDeepEqualTo(evaluation.studies());
      assertThat(refers.embedReports(batch.tokens())).isDeepEqualTo(evaluation.reports());
    }
  }

  @Test
  void shouldNotLetPaddingChangeAReport() throws IOException {
    int[] report = {2, 7, 9, 3};
    int[] longer = {2, 7, 9, 11, 12, 13, 14, 3};
    try (Refers refers = refers()) {
      float[] alone = refers.embedReports(new int[][] {report})[0];

      float[] padded = refers.embedReports(new int[][] {report, longer})[0];

      assertThat(padded).containsExactly(alone, within(1e-6f));
    }
  }

  @Test
  void shouldRefuseWeightsOfAnotherShapeAndNameTheTensor() throws IOException {
    Path weights = savedWeights();
    ModelConfig wider = ModelPreset.TINY.config(50);

    assertThatThrownBy(() -> Refers.load(wider, weights, ComputeDevice.best()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vit.embeddings.patch_embeddings.projection.weight");
  }

  @Test
  void shouldRefuseATruncatedFile() throws IOException {
    Path weights = savedWeights();
    byte[] whole = Files.readAllBytes(weights);
    for (int length : new int[] {0, 4, 100, whole.length / 2}) {
      Files.write(weights, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> Refers.load(CONFIG, weights, ComputeDevice.best()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("model.safetensors");
    }
  }

  @Test
  void shouldStopAtALossThatIsNoNumberAndKeepTheWeights() throws IOException {
    StudyBatch good = batch(4, 0);
    float[] poisoned = good.images().clone();
    poisoned[17] = Float.NaN;
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 7)) {
      byte[] before = save(training);

      assertThatThrownBy(() -> training.step(new StudyBatch(poisoned, good.tokens()), RATES, 0))
          .isInstanceOf(NonFiniteLossException.class);

      assertThat(save(training)).isEqualTo(before);
      assertThat(training.step(good, RATES, 0).loss()).isFinite();
    }
  }

  private Path savedWeights() throws IOException {
    Path weights = directory.resolve("model.safetensors");
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 7)) {
      training.save(weights, directory.resolve("optimizer.safetensors"));
    }
    return weights;
  }

  private Refers refers() throws IOException {
    return Refers.load(CONFIG, savedWeights(), ComputeDevice.best());
  }

  private byte[] weightsAfter(int steps, long seed) throws IOException {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), seed)) {
      for (int step = 0; step < steps; step++) {
        training.step(batch(4, step), RATES, step);
      }
      return save(training);
    }
  }

  private byte[] save(RefersTraining training) throws IOException {
    Path weights = directory.resolve("saved.safetensors");
    training.save(weights, directory.resolve("saved-optimizer.safetensors"));
    return Files.readAllBytes(weights);
  }

  private static StudyBatch rotate(StudyBatch batch) {
    int size = batch.images().length / batch.size();
    float[] images = new float[batch.images().length];
    int[][] tokens = new int[batch.size()][];
    for (int i = 0; i < batch.size(); i++) {
      int from = (i + 1) % batch.size();
      System.arraycopy(batch.images(), from * size, images, i * size, size);
      tokens[i] = batch.tokens()[from];
    }
    return new StudyBatch(images, tokens);
  }

  private static StudyBatch batch(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[size * 3 * 32 * 32];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[][] tokens = new int[size][];
    for (int i = 0; i < size; i++) {
      tokens[i] = new int[4 + random.nextInt(6)];
      for (int t = 0; t < tokens[i].length; t++) {
        tokens[i][t] = 5 + random.nextInt(45);
      }
      tokens[i][0] = 2;
      tokens[i][tokens[i].length - 1] = 3;
    }
    return new StudyBatch(images, tokens);
  }
}

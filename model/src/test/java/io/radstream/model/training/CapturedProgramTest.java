package io.radstream.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.RandomStudies;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.CudaException;
import io.radstream.model.engine.RecordedWork;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.engine.WorkRecorder;
import io.radstream.model.explicit.Card;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.explicit.ExplicitScript;
import io.radstream.model.kernels.HostDevice;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.SeededWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CapturedProgramTest {

  private static final int STUDIES = 8;
  private static final int STEPS = 6;
  private static final List<String> FINDINGS = List.of("Edema", "Effusion");

  @TempDir private static Path directory;

  private final NDManager manager = ComputeDevice.best().newManager();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** With kernels of our own, which draw what is dropped from an array. */
  @Test
  void shouldFindTheSameBitsAsRecordedWithKernels() {
    assumeTrue(
        HostDevice.isHere(), "kernels run on the host where there is a g++ (Debian: package g++)");
    try (HostDevice host = HostDevice.in(directory)) {
      ReplayedCalls recorder = recorder(Precision.BFLOAT16);
      ModelConfig config = config(SmallNetworks.paper(0.3));
      Card card = new Card(recorder.with(host), () -> 0);

      List<Found> recorded = steps(config, 3, recorder, Optional.of(recorder), Optional.of(card));

      ReplayedCalls alone = recorder(Precision.BFLOAT16);
      assertSame(recorded, steps(config, 3, alone, Optional.empty(), Optional.of(card)));
      assertThat(recorder.records()).isEqualTo(6);
      assertThat(recorder.replays()).isEqualTo(30);
    }
  }

  /** What a step finds. */
  private record Found(BatchLosses losses, List<float[]> gradients) {}

  static List<Arguments> cases() {
    ModelConfig paper = config(SmallNetworks.paper(0.3));
    return List.of(
        Arguments.of("paper", paper, 0, 2, 4),
        Arguments.of("paper, in parts", paper, 3, 6, 30),
        Arguments.of("released", config(SmallNetworks.released(0.3)), 0, 2, 4),
        Arguments.of(
            "without fusion",
            SmallNetworks.with(paper, new Fusion(FusionKind.NONE, 16)),
            4,
            5,
            18));
  }

  private static ModelConfig config(ModelConfig config) {
    Objectives old = config.objectives();
    Objectives all =
        new Objectives(1, 0.5, 2, old.temperature(), old.studyToReport(), old.languageMean());
    return SmallNetworks.with(config, all, FINDINGS);
  }

  /**
   * Each step has another batch and another seed; sizes, and whether a part is a first or a later
   * one, make some kinds of work, each of which is recorded once.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldFindTheSameBitsAsRecorded(
      String name, ModelConfig config, int microBatch, int records, int replays) {
    ReplayedCalls recorder = recorder();

    List<Found> recorded = steps(config, microBatch, recorder, Optional.of(recorder));

    List<Found> unrecorded = steps(config, microBatch, recorder(), Optional.empty());
    assertSame(recorded, unrecorded);
    assertThat(recorder.records()).isEqualTo(records);
    assertThat(recorder.replays()).isEqualTo(replays);
  }

  @Test
  void shouldGoOnWhereTheDeviceDoesNotRecord() {
    ModelConfig config = config(SmallNetworks.paper(0.3));
    WorkRecorder refusing =
        work -> {
          throw new CudaException("no recording today");
        };

    List<Found> found = steps(config, 3, recorder(), Optional.of(refusing));

    assertSame(found, steps(config, 3, recorder(), Optional.empty()));
  }

  @Test
  void shouldNotBelieveRecordedWorkThatGivesOtherBits() {
    ModelConfig config = config(SmallNetworks.paper(0.3));
    ReplayedCalls calls = recorder();
    List<RecordedWork> closed = new ArrayList<>();
    WorkRecorder forgetful = work -> new Forgetful(closed);

    List<Found> found = steps(config, 0, calls, Optional.of(forgetful));

    assertSame(found, steps(config, 0, recorder(), Optional.empty()));
    assertThat(closed).hasSize(1);
  }

  /** Does nothing. */
  private record Forgetful(List<RecordedWork> closed) implements RecordedWork {

    @Override
    public void replay() {}

    @Override
    public void close() {
      closed.add(this);
    }
  }

  private ReplayedCalls recorder() {
    return recorder(Precision.FLOAT32);
  }

  private ReplayedCalls recorder(Precision precision) {
    return new ReplayedCalls(ExplicitScript.of(manager, precision).calls(), manager);
  }

  private static void assertSame(List<Found> actual, List<Found> expected) {
    for (int step = 0; step < STEPS; step++) {
      assertThat(actual.get(step).losses()).isEqualTo(expected.get(step).losses());
      for (int i = 0; i < expected.get(step).gradients().size(); i++) {
        assertThat(actual.get(step).gradients().get(i))
            .containsExactly(expected.get(step).gradients().get(i));
      }
    }
  }

  private List<Found> steps(
      ModelConfig config, int microBatch, ReplayedCalls calls, Optional<WorkRecorder> recorder) {
    return steps(config, microBatch, calls, recorder, Optional.empty());
  }

  private List<Found> steps(
      ModelConfig config,
      int microBatch,
      ReplayedCalls calls,
      Optional<WorkRecorder> recorder,
      Optional<Card> card) {
    Precision precision = card.isPresent() ? Precision.BFLOAT16 : Precision.FLOAT32;
    RefersNetwork network =
        RefersNetwork.of(
            manager,
            config,
            ObjectiveList.parts(config),
            new SeededWeights(manager, 3),
            ScriptedArithmetic.of(manager, precision));
    Goals goals = Goals.of(network, ObjectiveList.of(config));
    BatchPass pass = new BatchPass(network, goals, new Division(microBatch, 1), Exchange.ALONE);
    TorchScript fused = TorchScript.fused(manager);
    LearningWeights learning =
        new LearningWeights(
            fused,
            network.weights().parameters().stream()
                .filter(parameter -> parameter.kind().learns())
                .toList(),
            network.weights().copies());
    ExplicitScript script = new ExplicitScript(calls, "of a test");
    CapturedProgram program =
        CapturedProgram.of(
            manager,
            pass,
            ExplicitNetwork.of(network, card, manager, precision),
            script,
            learning,
            recorder);
    Function<Integer, Found> step =
        number -> found(program, new Gradients(learning, fused, manager, 4), number);
    return IntStream.range(0, STEPS).boxed().map(step).toList();
  }

  private Found found(CapturedProgram program, Gradients gradients, int step) {
    StudyBatch batch = RandomStudies.batch(STUDIES, step, FINDINGS.size());
    try (NDManager scratch = manager.newSubManager();
        gradients) {
      BatchLosses losses =
          program.backward(scratch, batch, 10 + step, gradients, StepObserver.none()).read();
      try (IValue list = gradients.scaled(1, 0)) {
        NDList all = list.toNDList((PtNDManager) scratch);
        return new Found(losses, all.stream().map(NDArray::toFloatArray).toList());
      }
    }
  }
}

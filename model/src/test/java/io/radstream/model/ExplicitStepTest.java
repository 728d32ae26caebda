package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Program;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps whose way back is spelt out are those that the engine records. */
class ExplicitStepTest {

  private static final List<String> FINDINGS = List.of("effusion", "nodule");
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 10);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);
  private static final int STUDIES = 6;
  private static final double ROUNDING = 1e-5;

  /** Gradients that are all rounding are compared as if they were of this share of the norm. */
  private static final double FLOOR = 1e-2;

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(ModelConfig config) {
    Objectives old = config.objectives();
    Objectives all =
        new Objectives(1, 0.5, 2, old.temperature(), old.studyToReport(), old.languageMean());
    return SmallNetworks.with(config, all, FINDINGS);
  }

  static List<Arguments> cases() {
    ModelConfig paper = config(SmallNetworks.paper(0));
    ModelConfig none = SmallNetworks.with(paper, new Fusion(FusionKind.NONE, 16));
    List<Arguments> cases = new ArrayList<>();
    for (int microBatch : new int[] {0, 4}) {
      cases.add(Arguments.of("paper", paper, microBatch));
      cases.add(Arguments.of("released", config(SmallNetworks.released(0)), microBatch));
      cases.add(Arguments.of("without fusion", none, microBatch));
    }
    return cases;
  }

  private record Stepped(StepResult result, SavedRun run) {}

  private Stepped stepped(ModelConfig config, Compute compute, OptimizerConfig optimizer)
      throws IOException {
    Learning learning = new Learning(config, optimizer, compute, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, 7)) {
      assertThat(training.program()).startsWith(compute.program().name().toLowerCase(Locale.ROOT));
      StepResult result = training.step(batch(), RATES, 3);
      return new Stepped(result, SavedRun.of(training, directory));
    }
  }

  private Stepped stepped(ModelConfig config, int microBatch, Program program) throws IOException {
    return stepped(config, new Compute(Precision.FLOAT32, microBatch, program), OPTIMIZER);
  }

  private static StudyBatch batch() {
    return RandomStudies.batch(STUDIES, 1, FINDINGS.size());
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("cases")
  void shouldStepAsTheEngineRecordsIt(String name, ModelConfig config, int microBatch)
      throws IOException {
    Stepped recorded = stepped(config, 0, Program.EAGER);

    Stepped explicit = stepped(config, microBatch, Program.EXPLICIT);
    Stepped captured = stepped(config, microBatch, Program.CAPTURED);

    assertSameStep(explicit, recorded, ROUNDING);
    assertSameStep(captured, recorded, ROUNDING);
  }

  private static void assertSameStep(Stepped actual, Stepped expected, double share) {
    expected
        .result()
        .losses()
        .byObjective()
        .forEach(
            (name, loss) ->
                assertThat(actual.result().losses().of(name).orElseThrow())
                    .as(name)
                    .isCloseTo(loss, near(loss, share)));
    double norm = expected.result().gradientNorm();
    assertThat(actual.result().gradientNorm()).isCloseTo(norm, near(norm, share));
    // The momentum of a first step is its gradient.
    Map<String, float[]> gradients = actual.run().state();
    assertThat(gradients).containsKeys(expected.run().state().keySet().toArray(String[]::new));
    expected
        .run()
        .state()
        .forEach(
            (weight, values) -> {
              double size = Math.max(distance(values, new float[values.length]), FLOOR * norm);
              assertThat(distance(gradients.get(weight), values))
                  .as(weight)
                  .isLessThan(share * size);
            });
  }

  private static Offset<Double> near(double value, double share) {
    return within(share * value);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  @Test
  void shouldLeaveWhatIsFrozenAsItIs() throws IOException {
    ModelConfig config = config(SmallNetworks.paper(0));
    Compute compute = new Compute(Precision.FLOAT32, 0, Program.EXPLICIT);
    OptimizerConfig freezing = new OptimizerConfig(0.9, 1e-4, 10, Lookahead.OFF, new Freeze(1, 1));
    Stepped recorded = stepped(config, Compute.PLAIN, freezing);

    Stepped explicit = stepped(config, compute, freezing);

    assertThat(recorded.run().state().keySet())
        .isNotEmpty()
        .noneMatch(name -> name.startsWith("vit.embeddings") || name.startsWith("bert.embeddings"));
    assertSameStep(explicit, recorded, ROUNDING);
  }

  /** One token follows none, so that such a report is in the contrast alone. */
  @Test
  void shouldReadReportsOfOneToken() throws IOException {
    StudyBatch plain = SmallNetworks.batch(3, 1);
    int[][] tokens = plain.tokens();
    tokens[1] = new int[] {4};
    plain.encoderTokens()[1] = new int[] {5};
    StudyBatch batch =
        new StudyBatch(plain.images(), tokens, plain.encoderTokens(), plain.labels());
    List<StepResult> results = new ArrayList<>();
    for (Program program : List.of(Program.EAGER, Program.EXPLICIT, Program.CAPTURED)) {
      Learning learning =
          new Learning(
              SmallNetworks.paper(0),
              OPTIMIZER,
              new Compute(Precision.FLOAT32, 0, program),
              ComputeDevice.best());
      try (RefersTraining training = RefersTraining.start(learning, 7)) {
        results.add(training.step(batch, RATES, 3));
      }
    }

    assertThat(results.get(1).gradientNorm())
        .isCloseTo(results.get(0).gradientNorm(), within(1e-4));
    assertThat(results.get(1).loss()).isCloseTo(results.get(0).loss(), within(1e-4));
  }

  @Test
  void shouldGoTheEagerWayWhereNoOtherIsSpeltOut() {
    ModelConfig paper = SmallNetworks.paper(0);
    Objectives hiding =
        new Objectives(
            1,
            1,
            0,
            0.1,
            1,
            Objectives.LanguageMean.REPORT,
            new Restoration(1, 0, 0),
            ImageComparison.OFF);
    Compute compute = new Compute(Precision.FLOAT32, 0, Program.EXPLICIT);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(
                SmallNetworks.with(paper, hiding, List.of()),
                OPTIMIZER,
                compute,
                ComputeDevice.best()),
            7)) {
      assertThat(training.program()).isEqualTo("eager");
      assertThat(training.withoutExplicit()).contains("the objective context_restoration");
    }
  }

  /** The engine goes back no further than to what learns. */
  @Test
  void shouldChooseTheEagerWayItselfWhereLayersAreFrozen() {
    assertThat(chosen(Freeze.NOTHING, Precision.FLOAT32)).startsWith("explicit parts ");
    assertThat(chosen(new Freeze(1, 0), Precision.FLOAT32)).isEqualTo("eager");
    assertThat(chosen(Freeze.NOTHING, Precision.BFLOAT16)).isEqualTo("eager");
  }

  private static String chosen(Freeze freeze, Precision precision) {
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 10, Lookahead.OFF, freeze);
    Compute compute = new Compute(precision, 0, Program.AUTO);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(SmallNetworks.paper(0), optimizer, compute, ComputeDevice.cpu()), 7)) {
      return training.program();
    }
  }

  /** Sixteen bits hold two to three digits. */
  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"BFLOAT16", "FLOAT16"})
  void shouldLoseLittleInSixteenBits(Precision precision) throws IOException {
    ModelConfig config = config(SmallNetworks.paper(0));
    Stepped recorded = stepped(config, 0, Program.EAGER);

    Stepped explicit = stepped(config, new Compute(precision, 4, Program.EXPLICIT), OPTIMIZER);

    assertSameStep(explicit, recorded, 0.1);
  }

  @Test
  void shouldHaveTheSameBitsTwice() throws IOException {
    ModelConfig dropping = config(SmallNetworks.paper(0.3));
    Stepped one = stepped(dropping, 4, Program.EXPLICIT);

    Stepped other = stepped(dropping, 4, Program.EXPLICIT);

    assertThat(other.result()).isEqualTo(one.result());
    one.run()
        .state()
        .forEach((name, values) -> assertThat(other.run().state().get(name)).isEqualTo(values));
  }

  @Test
  void shouldDropOtherFeaturesForEachSeed() throws IOException {
    Stepped without = stepped(config(SmallNetworks.paper(0)), 0, Program.EXPLICIT);

    Stepped with = stepped(config(SmallNetworks.paper(0.3)), 0, Program.EXPLICIT);

    for (String loss : List.of("contrastive", "language")) {
      assertThat(with.result().losses().of(loss)).isNotEqualTo(without.result().losses().of(loss));
    }
  }
}

package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Program;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.StepResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures what steps take of a processor, recorded and spelt out in turn: {@code
 * -Dradstream.times=BASE,4,FLOAT32,5,uneven} for preset, batch, precision, steps of each behind the
 * first, and whether reports are of one length.
 */
@EnabledIfSystemProperty(
    named = "radstream.times",
    matches = "[A-Z]+,\\d+,[A-Z0-9]+,\\d+,(even|uneven)",
    disabledReason = "a measurement of some minutes, for docs/benchmarks.md")
final class StepTimesTest {

  private static final int VOCABULARY = 30_522;
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);
  private static final List<Program> PROGRAMS = List.of(Program.EAGER, Program.EXPLICIT);

  private final String[] asked = System.getProperty("radstream.times").split(",", -1);
  private final ModelConfig model = ModelPreset.valueOf(asked[0]).config(VOCABULARY);
  private final StudyBatch batch = batch(Integer.parseInt(asked[1]), asked[4].equals("uneven"));

  @Test
  void shouldTakeStepsInTurn() {
    TorchEngine.start(1);
    Map<Program, RefersTraining> learners = new EnumMap<>(Program.class);
    Map<Program, List<Double>> seconds = new EnumMap<>(Program.class);
    PROGRAMS.forEach(program -> learners.put(program, learner(program)));
    PROGRAMS.forEach(program -> seconds.put(program, new ArrayList<>()));

    for (int step = 0; step <= Integer.parseInt(asked[3]); step++) {
      for (Program program : PROGRAMS) {
        double taken = step(learners.get(program), step);
        if (step > 0) {
          seconds.get(program).add(taken);
        }
      }
    }

    seconds.values().forEach(Collections::sort);
    seconds.forEach(
        (program, taken) ->
            System.out.printf(
                "### %s, %s: median %.2f s, least %.2f s%n",
                String.join(" ", asked), program, taken.get(taken.size() / 2), taken.get(0)));
    learners.values().forEach(RefersTraining::close);
  }

  private RefersTraining learner(Program program) {
    Compute compute = new Compute(Precision.valueOf(asked[2]), 0, program);
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 10);
    return RefersTraining.start(new Learning(model, optimizer, compute, ComputeDevice.cpu()), 7);
  }

  private double step(RefersTraining learner, int step) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    StepResult result = learner.step(batch, RATES, step);
    double taken = (system.getProcessCpuTime() - before) / 1e9;
    assertThat(result.loss()).isFinite();
    return taken;
  }

  private StudyBatch batch(int studies, boolean uneven) {
    SplittableRandom random = new SplittableRandom(2);
    int longest = model.report().maxTokens();
    return RandomStudies.batch(
        model, studies, () -> uneven ? longest / 4 + random.nextInt(longest / 2) : longest);
  }
}

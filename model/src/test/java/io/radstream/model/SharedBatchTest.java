package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.Compute;
import io.radstream.model.config.GradientType;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Program;
import io.radstream.model.config.Reduction;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.ProcessGroup;
import io.radstream.model.engine.Ranks;
import io.radstream.model.engine.Seat;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.training.BatchPass;
import io.radstream.model.training.Division;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.Goals;
import io.radstream.model.training.GroupExchange;
import io.radstream.model.training.StepResult;
import io.radstream.model.weights.SeededWeights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several that learn from shares of one batch take the step of one that learns from all of it. */
class SharedBatchTest {

  private static final List<String> FINDINGS = List.of("effusion", "nodule");
  private static final LearningRates RATES = new LearningRates(0.02, 0.02);
  private static final int STUDIES = 6;
  private static final int SHARDS = 4;
  private static final int STEPS = 3;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  /** A meeting place in this process: what all have brought is read by all. */
  private static final class Table {

    private final List<Object> brought;
    private final CyclicBarrier all;
    private final AtomicInteger early = new AtomicInteger();

    /** The engine's random numbers are those of the process: one computes at a time. */
    private final ReentrantLock engine = new ReentrantLock();

    Table(int seats) {
      this.brought = new ArrayList<>(Collections.nCopies(seats, null));
      this.all = new CyclicBarrier(seats);
    }

    /** Nobody leaves before all have read. */
    <T, R> R meet(int seat, T own, Function<List<T>, R> read) {
      try {
        brought.set(seat, own);
        await();
        @SuppressWarnings("unchecked")
        R result = read.apply((List<T>) brought);
        await();
        return result;
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }

    private void await() throws InterruptedException, BrokenBarrierException {
      engine.unlock();
      try {
        all.await();
      } finally {
        engine.lock();
      }
    }

    /** Of one that fails nobody waits for more. */
    Learned learned(Callable<Learned> learner) throws Exception {
      engine.lock();
      try {
        return learner.call();
      } catch (Exception | Error e) {
        all.reset();
        throw e;
      } finally {
        engine.unlock();
      }
    }
  }

  private record Place(Table table, int number, NDManager manager, TorchScript script)
      implements Exchange {

    Place(Table table, int number, NDManager manager) {
      this(table, number, manager, TorchScript.fused(manager));
    }

    @Override
    public int ranks() {
      return table.brought.size();
    }

    @Override
    public int rank() {
      return number;
    }

    /** So that gradients leave in many pieces. */
    @Override
    public long bucket() {
      return 500;
    }

    @Override
    public Gathered gather(NDArray share) {
      return table.<NDArray, Gathered>meet(
          number,
          share,
          shares -> {
            NDList copies = new NDList();
            shares.forEach(found -> copies.add(copy(found, share.getManager())));
            long begin =
                shares.subList(0, number).stream().mapToLong(s -> s.getShape().get(0)).sum();
            return new Gathered(NDArrays.concat(copies), begin);
          });
    }

    private static NDArray copy(NDArray array, NDManager manager) {
      return manager.create(array.toFloatArray(), array.getShape());
    }

    @Override
    public double sum(double... shares) {
      return table.<double[], Double>meet(
          number,
          shares,
          all -> all.stream().flatMapToDouble(DoubleStream::of).reduce(0, Double::sum));
    }

    @Override
    public void addUp(IValue gradients) {
      table.early.incrementAndGet();
      add(gradients);
    }

    private void add(IValue gradients) {
      try (NDManager scratch = manager.newSubManager()) {
        NDList own = gradients.toNDList((PtNDManager) scratch);
        List<float[]> values = own.stream().map(NDArray::toFloatArray).toList();
        List<float[]> sums = table.<List<float[]>, List<float[]>>meet(number, values, Place::sums);
        for (int i = 0; i < own.size(); i++) {
          put(own.get(i), scratch.create(sums.get(i), own.get(i).getShape()));
        }
      }
    }

    @Override
    public void finish(List<IValue> gradients) {
      gradients.forEach(this::add);
    }

    /** Not by DJL's means, which leave a tensor in memory of Java's that goes with an array. */
    private void put(NDArray to, NDArray from) {
      try (IValue target = IValue.from((PtNDArray) to);
          IValue numbers = IValue.from((PtNDArray) from)) {
        script.call("send", target, numbers).close();
      }
    }

    private static List<float[]> sums(List<List<float[]>> shares) {
      return IntStream.range(0, shares.get(0).size())
          .mapToObj(i -> tree(shares.stream().map(share -> share.get(i)).toList()))
          .toList();
    }

    /** As many as a power of two, or two and one. */
    private static float[] tree(List<float[]> values) {
      if (values.size() == 1) {
        return values.get(0);
      }
      int half = Integer.highestOneBit(values.size() - 1);
      float[] left = tree(values.subList(0, half));
      float[] right = tree(values.subList(half, values.size()));
      float[] sum = new float[left.length];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = left[i] + right[i];
      }
      return sum;
    }
  }

  private static ModelConfig config(ModelConfig config) {
    Objectives old = config.objectives();
    Objectives all =
        new Objectives(1, 1, 1, old.temperature(), old.studyToReport(), old.languageMean());
    return SmallNetworks.with(config, all, FINDINGS);
  }

  /** What a learner ends with. */
  private record Learned(List<StepResult> steps, BatchLosses after, String weights) {}

  private static Learned learn(
      ModelConfig config, Compute compute, StudyBatch share, StudyBatch whole, SeatFactory seats) {
    NDManager manager = ComputeDevice.cpu().newManager();
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 1);
    RefersNetwork network =
        RefersTraining.network(config, compute, manager, new SeededWeights(manager, 5));
    Goals goals = Goals.of(network, ObjectiveList.of(config));
    BatchPass pass = new BatchPass(network, goals, Division.of(compute), seats.on(manager));
    try (RefersTraining training = RefersTraining.start(pass, optimizer, compute, manager)) {
      List<StepResult> steps = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        steps.add(training.step(share, RATES, step));
      }
      return new Learned(steps, training.evaluate(whole).losses(), training.weightsDigest());
    }
  }

  private interface SeatFactory {
    Exchange on(NDManager manager);
  }

  @ParameterizedTest
  @CsvSource({
    "false, EAGER, 0, 2",
    "true, EAGER, 0, 3",
    "true, EAGER, 1, 2",
    "false, EXPLICIT, 0, 2",
    "true, EXPLICIT, 1, 2",
    "false, CAPTURED, 0, 2",
    "false, CAPTURED, 1, 2"
  })
  void shouldTakeTheStepOfOneWithAllOfIt(
      boolean released, Program program, int microBatch, int learners) throws Exception {
    ModelConfig config = config(released ? SmallNetworks.released(0) : SmallNetworks.paper(0));
    StudyBatch whole = RandomStudies.batch(STUDIES, 1, FINDINGS.size());
    Learned alone = learn(config, Compute.PLAIN, whole, whole, manager -> Exchange.ALONE);
    Compute compute = new Compute(Precision.FLOAT32, microBatch, program);

    List<Learned> together = together(config, compute, whole, learners);

    for (Learned one : together) {
      for (int step = 0; step < STEPS; step++) {
        assertSame(one.steps().get(step).losses(), alone.steps().get(step).losses());
        assertThat(one.steps().get(step).gradientNorm())
            .isCloseTo(alone.steps().get(step).gradientNorm(), within(1e-3));
      }
      assertSame(one.after(), alone.after());
      assertThat(one.after()).isEqualTo(together.get(0).after());
    }
  }

  /** Dropout, clipping and both kinds of losses among what they share. */
  @ParameterizedTest
  @EnumSource(
      value = Program.class,
      names = {"EAGER", "EXPLICIT", "CAPTURED"})
  void shouldHaveTheSameBitsHoweverManyShareTheShards(Program program) throws Exception {
    ModelConfig config = config(SmallNetworks.paper(0.3));
    StudyBatch whole = RandomStudies.batch(SHARDS * 2, 1, FINDINGS.size());
    Compute compute = new Compute(Precision.FLOAT32, 0, program, SHARDS);
    Learned alone = learn(config, compute, whole, whole, manager -> Exchange.ALONE);

    for (int learners : new int[] {2, SHARDS}) {
      Table table = new Table(learners);
      assertThat(together(config, compute, whole, learners, at(table))).containsOnly(alone);
      assertThat(table.early.get() > 0)
          .as("gradients leave while others are computed")
          .isEqualTo(program == Program.EXPLICIT);
    }
  }

  /**
   * By the engine's own transport. Nothing is dropped: the ranks of a test share random numbers.
   */
  @ParameterizedTest
  @EnumSource(GradientType.class)
  void shouldHaveTheSameBitsAsRanksOfAProcessGroup(GradientType gradients) throws Exception {
    ModelConfig config = config(SmallNetworks.released(0));
    StudyBatch whole = RandomStudies.batch(SHARDS * 2, 1, FINDINGS.size());
    Compute compute = sharded(Program.EXPLICIT, gradients);
    Learned alone = learn(config, compute, whole, whole, manager -> Exchange.ALONE);

    for (int ranks : new int[] {2, SHARDS}) {
      assertThat(together(config, compute, whole, ranks, asRanks(Ranks.seats(ranks), compute)))
          .containsOnly(alone);
    }
  }

  private static Compute sharded(Program program, GradientType gradients) {
    return new Compute(Precision.FLOAT32, 0, program, SHARDS, Reduction.EXACT, gradients);
  }

  @Test
  void shouldRoundGradientsInAllProgramsAlike() {
    ModelConfig config = config(SmallNetworks.paper(0));
    StudyBatch whole = RandomStudies.batch(SHARDS * 2, 1, FINDINGS.size());
    Learned wide =
        learn(
            config,
            sharded(Program.EXPLICIT, GradientType.FLOAT32),
            whole,
            whole,
            manager -> Exchange.ALONE);

    for (Program program : List.of(Program.EAGER, Program.EXPLICIT, Program.CAPTURED)) {
      Learned narrow =
          learn(
              config,
              sharded(program, GradientType.BFLOAT16),
              whole,
              whole,
              manager -> Exchange.ALONE);

      StepResult first = narrow.steps().get(0);
      assertThat(first.losses()).isNotNull();
      assertThat(first.gradientNorm())
          .isNotEqualTo(wide.steps().get(0).gradientNorm())
          .isCloseTo(wide.steps().get(0).gradientNorm(), withinPercentage(1));
      assertSame(narrow.after(), wide.after(), 0.02);
    }
  }

  @Test
  void shouldLearnAboutTheSameWhereTheTransportAdds() throws Exception {
    ModelConfig config = config(SmallNetworks.paper(0));
    StudyBatch whole = RandomStudies.batch(STUDIES, 1, FINDINGS.size());
    Learned alone = learn(config, Compute.PLAIN, whole, whole, manager -> Exchange.ALONE);
    Compute fast =
        new Compute(Precision.FLOAT32, 0, Program.EAGER, 1, Reduction.FAST, GradientType.FLOAT32);

    List<Learned> together = together(config, fast, whole, 3, asRanks(Ranks.seats(3), fast));

    for (Learned one : together) {
      assertSame(one.after(), alone.after());
      assertThat(one.weights()).isEqualTo(together.get(0).weights());
    }
  }

  private static Company asRanks(List<Seat> ranks, Compute compute) {
    return (number, learner) -> {
      try (NDManager manager = ComputeDevice.cpu().newManager();
          ProcessGroup group =
              ProcessGroup.open(manager, ranks.get(number), Duration.ofSeconds(60))) {
        return learner.with(own -> GroupExchange.of(group, compute));
      }
    };
  }

  private static void assertSame(BatchLosses actual, BatchLosses expected) {
    assertSame(actual, expected, 1e-3);
  }

  private static void assertSame(BatchLosses actual, BatchLosses expected, double error) {
    assertThat(actual.byObjective().keySet())
        .containsExactly("contrastive", "language", "labels")
        .containsExactlyElementsOf(expected.byObjective().keySet());
    expected
        .byObjective()
        .forEach(
            (name, loss) ->
                assertThat(actual.of(name).orElseThrow()).as(name).isCloseTo(loss, within(error)));
  }

  /** How one of several learns with the others. */
  private interface Company {
    Learned learned(int number, Learner learner) throws Exception;
  }

  private interface Learner {
    Learned with(SeatFactory seats);
  }

  private static List<Learned> together(
      ModelConfig config, Compute compute, StudyBatch whole, int learners) throws Exception {
    return together(config, compute, whole, learners, at(new Table(learners)));
  }

  private static Company at(Table table) {
    return (number, learner) ->
        table.learned(() -> learner.with(manager -> new Place(table, number, manager)));
  }

  private static List<Learned> together(
      ModelConfig config, Compute compute, StudyBatch whole, int learners, Company company)
      throws Exception {
    List<StudyBatch> shares = whole.parts(whole.size() / learners);
    ExecutorService threads = Executors.newFixedThreadPool(learners);
    try {
      List<Future<Learned>> running =
          IntStream.range(0, learners)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              company.learned(
                                  i, seats -> learn(config, compute, shares.get(i), whole, seats))))
              .toList();
      List<Learned> learned = new ArrayList<>();
      for (Future<Learned> one : running) {
        learned.add(one.get());
      }
      return learned;
    } finally {
      threads.shutdownNow();
    }
  }
}

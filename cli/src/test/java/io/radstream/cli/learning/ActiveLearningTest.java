package io.radstream.cli.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.cli.learning.AskingLoop.End;
import io.radstream.cli.learning.SeenPhantoms.Seen;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Interval;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.CounterRandom;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.worklist.WorklistOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What {@code benchmarks/active-learning} measures, with two checkpoints of a line. */
class ActiveLearningTest {

  private static final String OLDER = "radstream.learning.older";
  private static final String NEWER = "radstream.learning.newer";

  private static final long POOL_SEED = 2_000_003;
  private static final long HELD_OUT_SEED = 3_000_017;
  private static final int POOL = Integer.getInteger("radstream.learning.pool", 3_000);
  private static final int HELD_OUT = Integer.getInteger("radstream.learning.heldOut", 600);
  private static final int SEEDS = Integer.getInteger("radstream.learning.seeds", 20);
  private static final int OFFERED = 800;
  private static final int FIRST = 40;
  private static final int ROUND = 20;
  private static final int ROUNDS = 4;

  /** Of abnormalities 22 % are drawn each: with this, 4 % are left. */
  private static final double RARE = 0.148;

  @Test
  void shouldTellWhatAskingByTheWorklistGains() throws Exception {
    assumeTrue(System.getProperty(NEWER) != null, "no checkpoints: see benchmarks/active-learning");
    List<Seen> pool;
    List<Seen> heldOut;
    ComputeDevice device = DeviceChoice.auto().start(Runtime.getRuntime().availableProcessors());
    try (ScoringModel older = model(Path.of(System.getProperty(OLDER)), device);
        ScoringModel newer = model(Path.of(System.getProperty(NEWER)), device)) {
      pool = SeenPhantoms.of(older, newer, POOL_SEED, POOL);
      heldOut = SeenPhantoms.of(older, newer, HELD_OUT_SEED, HELD_OUT);
    }

    measure("as drawn (22 % each)", pool, heldOut);
    measure("rare (4 % each)", pool.stream().filter(ActiveLearningTest::isKept).toList(), heldOut);
  }

  private static boolean isKept(Seen study) {
    double kept = Math.pow(RARE, study.abnormalities());
    return CounterRandom.of(POOL_SEED, study.id()).nextDouble() < kept;
  }

  private static ScoringModel model(Path directory, ComputeDevice device) throws Exception {
    Checkpoint checkpoint = Checkpoint.read(directory);
    return new CheckpointLoader(
            directory,
            FindingSets.of(PromptSet.builtIn()),
            NetworkLoader.on(device),
            Clock.systemUTC(),
            false)
        .open(
            checkpoint.files(),
            new ModelIdentity(checkpoint.id(), "", 0, Clock.systemUTC().instant()));
  }

  private static void measure(String name, List<Seen> pool, List<Seen> heldOut) throws Exception {
    Map<String, List<End>> ends = new LinkedHashMap<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Seen> offered = offered(pool, seed);
      AskingLoop loop = new AskingLoop(offered, heldOut, FIRST, ROUND, ROUNDS);
      AskingLoop start = new AskingLoop(offered, heldOut, FIRST, ROUND, 0);
      add(ends, "first labels only", start.run(seed, Optional.empty()));
      add(ends, "random", loop.run(seed, Optional.empty()));
      for (WorklistOrder order :
          List.of(WorklistOrder.DISAGREEMENT, WorklistOrder.UNCERTAIN, WorklistOrder.PRIORITY)) {
        add(ends, order.name().toLowerCase(Locale.ROOT), loop.run(seed, Optional.of(order)));
      }
      add(ends, "labels of all", loop.all());
    }
    System.out.printf(
        Locale.ROOT,
        "%n%s: %d studies, %d offered to each of %d seeds, %d labels at random and %d x %d asked%n",
        name,
        pool.size(),
        Math.min(OFFERED, pool.size()),
        SEEDS,
        FIRST,
        ROUNDS,
        ROUND);
    ends.forEach((arm, of) -> print(arm, of, ends.get("random")));
    assertThat(mean(ends.get("labels of all"))).isGreaterThan(mean(ends.get("first labels only")));
  }

  private static List<Seen> offered(List<Seen> pool, long seed) {
    List<Seen> drawn = SeenPhantoms.shuffled(pool, CounterRandom.of(seed, "offered"));
    return drawn.subList(0, Math.min(OFFERED, drawn.size()));
  }

  private static void add(Map<String, List<End>> ends, String arm, End end) {
    ends.computeIfAbsent(arm, name -> new ArrayList<>()).add(end);
  }

  private static double mean(List<End> ends) {
    return ends.stream().mapToDouble(End::mean).average().orElseThrow();
  }

  private static void print(String arm, List<End> ends, List<End> random) {
    Interval interval =
        new Bootstrap(1, 2_000, 0.95)
            .ofDifference(ends, random, drawn -> OptionalDouble.of(mean(drawn)))
            .orElseThrow();
    StringBuilder byFinding = new StringBuilder();
    for (int i = 0; i < SeenPhantoms.FINDINGS.size(); i++) {
      int finding = i;
      byFinding.append(
          String.format(
              Locale.ROOT,
              "  %s %.3f",
              SeenPhantoms.FINDINGS.get(i).label(),
              ends.stream().mapToDouble(end -> end.aucs().get(finding)).average().orElseThrow()));
    }
    System.out.printf(
        Locale.ROOT,
        "%-18s AUC %.4f  to random %+.4f (%+.4f to %+.4f)  findings there %6.1f %s%n",
        arm,
        mean(ends),
        mean(ends) - mean(random),
        interval.low(),
        interval.high(),
        ends.stream().mapToInt(End::positives).average().orElseThrow(),
        byFinding);
  }
}

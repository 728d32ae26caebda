package io.radstream.cli.bench;

import io.radstream.cli.demo.KillCheck;
import io.radstream.cli.demo.KillPlan;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.RecordedFigures;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayedStep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Measures steps of a trainer that is killed once and resumed, and the same steps taken again, on a
 * broker of its own.
 */
public final class ReplayBench {

  private static final int VIEWS = 3;
  private static final int PUBLISHED_VIEW_SIDE = 512;
  private static final int MOST_STUDIES = 4_096;

  /** Of the settings of this process's Java, those that a trainer is to have as well. */
  private static final String JVM_OPTION = "-X";

  /**
   * What is measured.
   *
   * @param config of the run
   * @param program main class of the command
   * @param options of the train command that give this configuration
   * @param choice of the device
   * @param killedAt how many steps the ledger has at least when the trainer is killed
   * @param reportTokens length of each report
   */
  public record Plan(
      RunConfig config,
      String program,
      List<String> options,
      DeviceChoice choice,
      long killedAt,
      int reportTokens) {}

  private ReplayBench() {}

  /**
   * @param progress is told the number of steps taken again
   * @throws IOException where the trainer fails by itself
   */
  public static ReplayBenchReport run(Plan plan, LongConsumer progress)
      throws IOException, InterruptedException {
    RunConfig config = plan.config();
    try (ReportTokenizer tokenizer = BenchTokenizer.of(config.model().report().vocabulary());
        BenchCluster cluster = BenchCluster.start()) {
      KafkaConnection connection = cluster.connection();
      long studies = Math.min(MOST_STUDIES, config.batch() * (config.schedule().steps() + 1));
      new BenchTuples(VIEWS, PUBLISHED_VIEW_SIDE, plan.reportTokens(), tokenizer)
          .publish(connection, 0, studies);
      Files.write(cluster.directory().resolve("tokenizer.json"), tokenizer.json());
      Replayed again = new Replayed(progress);
      KillCheck.Outcome outcome = check(plan, cluster).run(again).orElseThrow();
      return ReplayBenchReport.of(
          config,
          plan.killedAt(),
          outcome,
          RecordedFigures.read(KafkaClients.of(connection), connection, outcome.runId()).values(),
          again.seconds);
    }
  }

  private static KillCheck check(Plan plan, BenchCluster cluster) {
    List<String> jvm =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith(JVM_OPTION))
            .toList();
    return new KillCheck(
        plan.program(),
        cluster.connection(),
        cluster.directory(),
        plan.choice(),
        new KillPlan(
            plan.config().line(),
            plan.config().schedule().steps(),
            List.of(plan.killedAt()),
            jvm,
            plan.options()),
        Clock.systemUTC(),
        () -> false);
  }

  /** How long each step took, with all that is between it and the one before; not the first. */
  private static final class Replayed implements ReplayListener {

    private static final double NANOS = 1e9;

    private final LongConsumer progress;
    private final List<Double> seconds = new ArrayList<>();
    private long before;

    Replayed(LongConsumer progress) {
      this.progress = progress;
    }

    @Override
    public void replayed(ReplayedStep step) {
      long now = System.nanoTime();
      if (step.step() > 1) {
        seconds.add((now - before) / NANOS);
      }
      before = now;
      progress.accept(step.step());
    }
  }
}

package io.radstream.cli.bench;

import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.ranks.RankGroup;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.figures.RecordedFigures;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.ranks.RankFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Measures what several processes that learn together gain over one: train commands over the same
 * tuples, alone and together by turns, each process on cores of its own.
 */
public final class RanksBench {

  private static final int VIEWS = 3;
  private static final int PUBLISHED_VIEW_SIDE = 512;
  private static final int MOST_STUDIES = 4_096;
  private static final int TAIL_LINES = 10;

  /**
   * What is measured.
   *
   * @param program main class of the command
   * @param jvm options of Java
   * @param config of one process alone, of as many steps as are to be taken, warm-up included
   * @param options of the train command that give this configuration
   * @param world processes together, each with a batch as one alone
   * @param warmUp steps that are not measured
   * @param rounds of both
   * @param reportTokens length of each report
   * @param pinned whether each process has cores of its own, as many as it has threads
   */
  public record Plan(
      String program,
      List<String> jvm,
      RunConfig config,
      List<String> options,
      int world,
      int warmUp,
      int rounds,
      int reportTokens,
      boolean pinned) {

    public Plan {
      jvm = List.copyOf(jvm);
      options = List.copyOf(options);
    }

    int wholeBatch() {
      return world * config.batch();
    }
  }

  private final Plan plan;
  private final BenchCluster cluster;
  private final List<RanksBenchReport.Round> rounds = new ArrayList<>();
  private int lines;

  private RanksBench(Plan plan, BenchCluster cluster) {
    this.plan = plan;
    this.cluster = cluster;
  }

  /**
   * @param progress is told how many of the measurements are done, two for each round
   * @throws IOException where a process fails; the message has what it said last
   */
  public static RanksBenchReport run(Plan plan, IntConsumer progress)
      throws IOException, InterruptedException {
    RunConfig config = plan.config();
    try (ReportTokenizer tokenizer = BenchTokenizer.of(config.model().report().vocabulary());
        BenchCluster cluster = BenchCluster.start()) {
      long studies = Math.min(MOST_STUDIES, plan.wholeBatch() * (config.schedule().steps() + 1));
      new BenchTuples(VIEWS, PUBLISHED_VIEW_SIDE, plan.reportTokens(), tokenizer)
          .publish(cluster.connection(), 0, studies);
      Files.write(cluster.directory().resolve("tokenizer.json"), tokenizer.json());
      RanksBench bench = new RanksBench(plan, cluster);
      for (int round = 0; round < plan.rounds(); round++) {
        List<Map<String, Double>> alone = bench.alone();
        progress.accept(2 * round + 1);
        bench.rounds.add(new RanksBenchReport.Round(alone, bench.together()));
        progress.accept(2 * round + 2);
      }
      return RanksBenchReport.of(plan, bench.rounds);
    }
  }

  private List<Map<String, Double>> alone() throws IOException, InterruptedException {
    String line = "alone-" + lines++;
    try (TrainerProcess process = train(line, 0, List.of())) {
      require(process);
    }
    return figures(line);
  }

  private List<Map<String, Double>> together() throws IOException, InterruptedException {
    String line = "together-" + lines++;
    List<TrainerProcess> ranks = new ArrayList<>();
    try {
      String place = "127.0.0.1:" + RankGroup.freePort();
      for (int rank = 0; rank < plan.world(); rank++) {
        ranks.add(
            train(
                line,
                rank,
                List.of(
                    "--set=batch=" + plan.wholeBatch(),
                    "--set=compute.shards=" + plan.world(),
                    "--world=" + plan.world(),
                    "--rank=" + rank,
                    "--rendezvous=" + place)));
      }
      for (TrainerProcess rank : ranks) {
        require(rank);
      }
    } finally {
      ranks.forEach(TrainerProcess::close);
    }
    return figures(line);
  }

  private TrainerProcess train(String line, int rank, List<String> further) throws IOException {
    KafkaConnection connection = cluster.connection();
    Path directory = cluster.directory();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--bootstrap=" + connection.bootstrap(),
                "--registry=" + connection.registry(),
                "--tokenizer=" + directory.resolve("tokenizer.json"),
                "--store=" + directory.resolve("checkpoints"),
                "--line=" + line));
    arguments.addAll(plan.options());
    arguments.addAll(further);
    List<String> command = new ArrayList<>(List.of("env", "LOCAL_RANK=" + rank));
    if (plan.pinned()) {
      int threads = plan.config().threads();
      command.addAll(
          List.of("taskset", "-c", "%d-%d".formatted(rank * threads, (rank + 1) * threads - 1)));
    }
    command.addAll(TrainerProcess.command(plan.program(), plan.jvm(), arguments));
    return TrainerProcess.start(command, directory.resolve("%s-%d.log".formatted(line, rank)));
  }

  private static void require(TrainerProcess process) throws IOException, InterruptedException {
    int code = process.exitCode();
    if (code != 0) {
      List<String> said = process.said().lines().toList();
      List<String> last = said.subList(Math.max(0, said.size() - TAIL_LINES), said.size());
      throw new IOException(
          "a process ended with exit code %d; it said:%n%s"
              .formatted(code, String.join("\n", last)));
    }
  }

  /** Of each step behind the warm-up. */
  private List<Map<String, Double>> figures(String line) {
    KafkaConnection connection = cluster.connection();
    KafkaClients clients = KafkaClients.of(connection);
    LedgerEntry opening =
        new LedgerReader(clients, connection)
            .newestRun(record -> record.getOpening().getLine().equals(line))
            .orElseThrow();
    return List.copyOf(
        RecordedFigures.read(clients, connection, opening.record().getRunId())
            .values()
            .tailMap((long) plan.warmUp(), false)
            .values());
  }

  static double median(List<Map<String, Double>> steps, String figure) {
    double[] values = steps.stream().mapToDouble(step -> step.getOrDefault(figure, 0.0)).toArray();
    return median(values);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  static double studiesPerSecond(List<Map<String, Double>> steps) {
    return median(steps, MetricNames.STUDIES_PER_SECOND);
  }

  static double exchangeShare(List<Map<String, Double>> steps) {
    return median(steps, RankFigures.EXCHANGE_SECONDS) / median(steps, MetricNames.STEP_SECONDS);
  }
}

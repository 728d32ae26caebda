package io.radstream.cli.bench;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.measure.Footprint;
import io.radstream.model.measure.MatrixCeiling;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.run.Beginning;
import io.radstream.trainer.run.RunRequest;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongConsumer;

/** Measures complete training steps on this machine: a run over tuples on a broker of its own. */
public final class TrainBench {

  private static final int VIEWS = 3;
  private static final int PUBLISHED_VIEW_SIDE = 512;
  private static final int MOST_STUDIES = 4_096;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final long KIBIBYTE = 1024;

  /**
   * What is measured.
   *
   * @param config of the run: over as many steps as are to be taken, warm-up included
   * @param choice of the device
   * @param warmUp steps that are not measured
   * @param reportTokens length of each report
   */
  public record Plan(RunConfig config, DeviceChoice choice, int warmUp, int reportTokens) {

    long measured() {
      return config.schedule().steps() - warmUp;
    }
  }

  private TrainBench() {}

  /**
   * @param progress is told the number of steps taken, those of the warm-up among them
   */
  public static TrainBenchReport run(Plan plan, LongConsumer progress)
      throws IOException, InterruptedException {
    RunConfig config = plan.config();
    ComputeDevice device = plan.choice().start(config.threads());
    EngineCalls counting = EngineCalls.count();
    try {
      return measured(plan, device, progress);
    } finally {
      counting.close();
    }
  }

  private static TrainBenchReport measured(Plan plan, ComputeDevice device, LongConsumer progress)
      throws IOException, InterruptedException {
    RunConfig config = plan.config();
    try (ReportTokenizer tokenizer = BenchTokenizer.of(config.model().report().vocabulary());
        BenchCluster cluster = BenchCluster.start()) {
      long studies = Math.min(MOST_STUDIES, config.batch() * (config.schedule().steps() + 1));
      new BenchTuples(VIEWS, PUBLISHED_VIEW_SIDE, plan.reportTokens(), tokenizer)
          .publish(cluster.connection(), 0, studies);
      StepMeter meter =
          new StepMeter(
              new MatrixCeiling(device, config.compute().precision(), System::nanoTime)
                  ::flopsPerSecond,
              device.kind() != ComputeDevice.Kind.CPU,
              plan.warmUp(),
              System::nanoTime,
              progress);
      RunSummary summary = train(cluster.connection(), cluster.directory(), plan, tokenizer, meter);
      long flops =
          Footprint.of(config.model(), plan.reportTokens(), plan.reportTokens()).trainingFlops();
      return TrainBenchReport.of(
          plan, meter, summary, flops, device.description(), peakMemoryBytes());
    }
  }

  private static RunSummary train(
      KafkaConnection connection,
      Path directory,
      Plan plan,
      ReportTokenizer tokenizer,
      StepMeter meter)
      throws IOException, InterruptedException {
    try (TrainingRun run =
        TrainingRun.open(
            new Surroundings(
                connection,
                new CheckpointStore(directory.resolve("checkpoints")),
                plan.choice(),
                Clock.systemUTC()),
            new RunRequest(
                plan.config(), ReportTokenizers.shared(tokenizer), new Beginning.NewRun()),
            meter)) {
      return run.run();
    }
  }

  private static long peakMemoryBytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .findFirst()
        .orElse(0);
  }
}

package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.traces.TraceExport;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.engine.GroupException;
import io.radstream.model.objective.BatchLosses;
import io.radstream.objects.ClaimedObjects;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.run.Beginning;
import io.radstream.trainer.run.RunRequest;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A training run with what a person at a terminal expects of it: progress, a graceful stop, and a
 * summary.
 *
 * @param leader of other ranks that learn along; the caller's to close
 */
record TrainingSession(
    PrintWriter err, JsonSummary json, TraceExport export, Optional<Leader> leader) {

  /** Without other ranks. */
  TrainingSession(PrintWriter err, JsonSummary json, TraceExport export) {
    this(err, json, export, Optional.empty());
  }

  void run(
      KafkaConnection connection,
      RunConfig config,
      ReportTokenizers tokenizers,
      CheckpointStore checkpoints,
      Optional<ClaimedObjects> originals,
      Beginning beginning,
      DeviceChoice device)
      throws IOException, InterruptedException {
    TrainingProgress progress = new TrainingProgress(err);
    Surroundings around =
        new Surroundings(connection, checkpoints, device, Clock.systemUTC())
            .withOriginals(originals)
            .withTracing(export.tracing());
    try {
      TrainingRun run =
          TrainingRun.open(
              leader.map(around::with).orElse(around),
              new RunRequest(config, tokenizers, beginning),
              progress);
      leader.ifPresent(ranks -> ranks.onStop(run::requestStop));
      AtomicBoolean askedHere = new AtomicBoolean();
      GracefulStop.during(
          () -> lead(run, progress, askedHere::get),
          () -> {
            askedHere.set(true);
            run.requestStop();
          });
    } catch (RuntimeException e) {
      if (FailureReport.isOfGroup(e)) {
        leader.ifPresent(ranks -> ranks.giveUp(e.getMessage()));
      }
      throw e;
    }
  }

  /** The others hear that all is well once nothing is left that can fail. */
  private void lead(TrainingRun open, TrainingProgress progress, BooleanSupplier askedHere)
      throws IOException, InterruptedException {
    boolean stopped;
    try (TrainingRun run = open) {
      stopped = train(run, progress) == RunSummary.Outcome.STOPPED;
    }
    leader.ifPresent(ranks -> ranks.end(!stopped));
    if (stopped && leader.isPresent() && !askedHere.getAsBoolean()) {
      // Whoever started this one did not mean it to end.
      throw new GroupException("another rank was asked to stop; the same command goes on");
    }
  }

  private RunSummary.Outcome train(TrainingRun run, TrainingProgress progress)
      throws IOException, InterruptedException {
    RunSummary summary;
    try {
      summary = run.run();
    } finally {
      progress.end();
    }
    export.finish();
    tell(summary);
    json.print(flat(summary));
    return summary.outcome();
  }

  private void tell(RunSummary summary) {
    switch (summary.outcome()) {
      case FINISHED -> err.printf("Finished at step %d.%n", summary.step());
      case STOPPED -> err.printf("Stopped at step %d; the same command goes on.%n", summary.step());
      case NOTHING_TO_DO ->
          err.printf(
              "Line %s has its %d steps already; raise --steps or begin anew with --fresh.%n",
              summary.line(), summary.step());
    }
    summary
        .views()
        .ifPresent(
            views ->
                err.printf(
                    "Views at full resolution: %d; as published, since there is no other: %d.%n",
                    views.originals(), views.published()));
    summary.checkpointId().ifPresent(id -> err.printf("Newest checkpoint: %s%n", id));
    summary.bestCheckpointId().ifPresent(id -> err.printf("Best by validation: %s%n", id));
    err.flush();
  }

  /** With the validation figures beside the others, under the names of the metrics topic. */
  private static Map<String, Object> flat(RunSummary summary) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("outcome", summary.outcome().name().toLowerCase(Locale.ROOT));
    values.put("line", summary.line());
    values.put("run_id", summary.runId());
    values.put("steps", summary.steps());
    values.put("step", summary.step());
    values.put("studies", summary.studies());
    values.put("validation_studies", summary.validationStudies());
    values.put("unreadable_views", summary.unreadableViews());
    summary
        .views()
        .ifPresent(
            views -> {
              values.put("views_from_originals", views.originals());
              values.put("views_from_records", views.published());
            });
    values.put("tuples_left_out", summary.leftOut().total());
    values.put("tuples_left_out_by_reason", summary.leftOut().byName());
    summary.first().ifPresent(losses -> put(values, "first", losses));
    summary.last().ifPresent(losses -> put(values, "last", losses));
    values.putAll(summary.validation());
    values.put("checkpoint_id", summary.checkpointId().orElse(null));
    values.put("best_checkpoint_id", summary.bestCheckpointId().orElse(null));
    summary.phases().forEach((phase, time) -> values.put(phase.label() + "_seconds", time));
    values.put("seconds", summary.seconds());
    return values;
  }

  private static void put(Map<String, Object> values, String when, BatchLosses losses) {
    MetricNames.of(losses).forEach((name, loss) -> values.put(name + "_" + when, loss));
  }
}

package io.radstream.cli;

import io.radstream.cli.experiment.PlannedSettings;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.plan.Pretraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code radstream experiment plan}: which runs an experiment is. */
@Command(
    name = "plan",
    description = {
      "Show the runs of an experiment and the steps of each; runs nothing.",
      "",
      "All settings are checked. Neither data nor a broker are needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  radstream experiment plan experiments/papers/phantoms.yaml"})
final class ExperimentPlanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ExperimentFile file;
  @Mixin private JsonSummary json;

  @Override
  public Integer call() throws IOException {
    Plan plan = file.plan();
    check(plan);
    PrintWriter out = spec.commandLine().getOut();
    for (Pretraining run : plan.pretrainings()) {
      out.printf(
          "pre-training  %-40s %8d steps  line %s%n", run.name(), run.recipe().steps(), run.line());
    }
    for (Cell cell : plan.cells()) {
      out.printf(
          "cell          %-40s %8d steps  line %s%n",
          cell.name(), cell.target().steps(), cell.line());
    }
    out.printf(
        "%d of pre-training and %d cells, %d steps in all%n",
        plan.pretrainings().size(), plan.cells().size(), plan.steps());
    out.flush();
    json.print(summary(plan));
    return Radstream.DONE;
  }

  private void check(Plan plan) throws IOException {
    try {
      PlannedSettings.check(plan);
    } catch (InvalidExperimentException e) {
      throw file.wrong(e);
    }
  }

  private static Map<String, Object> summary(Plan plan) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("name", plan.experiment().name());
    summary.put("pretrainings", plan.pretrainings().size());
    summary.put("cells", plan.cells().size());
    summary.put("steps", plan.steps());
    return summary;
  }
}

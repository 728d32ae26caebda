package io.radstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.models.ModelTable;
import io.radstream.cli.models.VerdictTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream models}: which checkpoint of a running service answers. */
@Command(
    name = "models",
    description = {
      "Which checkpoint of a running service answers.",
      "",
      "What is decided here is recorded: all instances of the service follow, and it outlives a"
          + " restart. The command asks the service over HTTP."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelDecision.Promote.class,
      ModelDecision.Pin.class,
      ModelDecision.Unpin.class,
      ModelDecision.RollBack.class,
      ModelDecision.Hold.class,
      ModelDecision.Canary.class,
      ModelDecision.Shadow.class,
      ModelDecision.Refuse.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream models list",
      "  radstream models why chest-000300000",
      "  radstream models canary chest-000300000 --share 0.1",
      "  radstream models promote chest-000300000 --reason \"no worse on the panel\"",
      "  radstream models rollback --key-file operator.key \\",
      "      --url https://scores.example.org"
    })
final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: one of " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(
      name = "list",
      description = "Show the checkpoints, what each is loaded for, and why.",
      footer = {"", "Example:", "  radstream models list --url http://127.0.0.1:8081"})
  int list(@Mixin ServiceAccess service, @Mixin JsonSummary summary)
      throws IOException, InterruptedException {
    JsonNode answer = service.client().models();
    ModelTable.print(answer, spec.commandLine().getOut());
    summary.print(answer);
    return Radstream.DONE;
  }

  @Command(
      name = "why",
      description = {
        "Show why a checkpoint is held, live or refused: the last verdict with its figures.",
        "",
        "Where a gate has judged it: for each finding the AUC of the checkpoint and of the live"
            + " one with intervals, the interval of the difference, both calibration errors, and"
            + " the part of the panel's studies of which the score moved."
      },
      footer = {"", "Example:", "  radstream models why chest-000300000"})
  int why(
      @Parameters(paramLabel = "ID", description = "Checkpoint, as 'radstream models list' has it.")
          String id,
      @Mixin ServiceAccess service,
      @Mixin JsonSummary summary)
      throws IOException, InterruptedException {
    JsonNode model = service.client().model(id);
    VerdictTable.print(model, spec.commandLine().getOut());
    summary.print(model);
    return Radstream.DONE;
  }
}

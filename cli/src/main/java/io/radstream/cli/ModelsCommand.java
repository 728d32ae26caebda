package io.radstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.models.ModelTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream models list",
      "  radstream models canary chest-000300000 --share 0.1",
      "  radstream models promote chest-000300000 --reason \"no worse on the panel\"",
      "  radstream models rollback --key-file operator.key \\",
      "      --url https://scores.example.org"
    })
final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Mixin: what every decision takes. */
  static final class Decision {

    @Mixin private ServiceAccess service;
    @Mixin private JsonSummary summary;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Why, for those who read it later; no patient data.")
    private Optional<String> reason;

    private int make(CommandSpec command, Optional<String> checkpoint, Map<String, Object> further)
        throws IOException, InterruptedException {
      Map<String, Object> body = new HashMap<>(further);
      reason.ifPresent(text -> body.put("reason", text));
      JsonNode answer = service.client().decide(command.name(), checkpoint, body);
      PrintWriter out = command.commandLine().getOut();
      String live = answer.path("live").asText("none");
      if (answer.path("outcome").asText().equals("done")) {
        out.printf("Done. Live: %s%n", live);
      } else {
        out.printf(
            "The checkpoint is being loaded; it is done then. Live until then: %s%n"
                + "'radstream models list' shows what became of it.%n",
            live);
      }
      out.flush();
      summary.print(answer);
      return Radstream.DONE;
    }
  }

  /** Mixin: the checkpoint that a decision is about. */
  static final class Checkpoint {

    @Parameters(paramLabel = "ID", description = "Checkpoint, as 'radstream models list' has it.")
    private String id;

    private Optional<String> named() {
      return Optional.of(id);
    }
  }

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
      name = "promote",
      description = "Make a checkpoint live.",
      footer = {"", "Example:", "  radstream models promote chest-000300000"})
  int promote(@Mixin Checkpoint checkpoint, @Mixin Decision decision)
      throws IOException, InterruptedException {
    return decision.make(command("promote"), checkpoint.named(), Map.of());
  }

  @Command(
      name = "pin",
      description = "Make a checkpoint live, and let no policy change that until 'unpin'.",
      footer = {"", "Example:", "  radstream models pin chest-000300000 --reason \"a study runs\""})
  int pin(@Mixin Checkpoint checkpoint, @Mixin Decision decision)
      throws IOException, InterruptedException {
    return decision.make(command("pin"), checkpoint.named(), Map.of());
  }

  @Command(
      name = "unpin",
      description = "Let policies decide again; they judge what came meanwhile.",
      footer = {"", "Example:", "  radstream models unpin"})
  int unpin(@Mixin Decision decision) throws IOException, InterruptedException {
    return decision.make(command("unpin"), Optional.empty(), Map.of());
  }

  @Command(
      name = "rollback",
      description = {
        "Make the checkpoint before the live one live again.",
        "No policy promotes the one that is taken back any more; a person can."
      },
      footer = {"", "Example:", "  radstream models rollback --reason \"effusions are missed\""})
  int rollback(@Mixin Decision decision) throws IOException, InterruptedException {
    return decision.make(command("rollback"), Optional.empty(), Map.of());
  }

  @Command(
      name = "hold",
      description = "Keep a checkpoint loaded, and from policies, until a person decides.",
      footer = {"", "Example:", "  radstream models hold chest-000300000"})
  int hold(@Mixin Checkpoint checkpoint, @Mixin Decision decision)
      throws IOException, InterruptedException {
    return decision.make(command("hold"), checkpoint.named(), Map.of());
  }

  @Command(
      name = "canary",
      description = "Have a checkpoint answer for a share of the studies, always the same ones.",
      footer = {"", "Example:", "  radstream models canary chest-000300000 --share 0.1"})
  int canary(
      @Mixin Checkpoint checkpoint,
      @Mixin Decision decision,
      @Option(
              names = "--share",
              paramLabel = "SHARE",
              required = true,
              description = "Of the studies, above 0 and at most 1.")
          double share)
      throws IOException, InterruptedException {
    return decision.make(command("canary"), checkpoint.named(), Map.of("share", share));
  }

  @Command(
      name = "shadow",
      description = "Have a checkpoint score beside the live one; its scores are compared only.",
      footer = {"", "Example:", "  radstream models shadow chest-000300000"})
  int shadow(@Mixin Checkpoint checkpoint, @Mixin Decision decision)
      throws IOException, InterruptedException {
    return decision.make(command("shadow"), checkpoint.named(), Map.of());
  }

  @Command(
      name = "refuse",
      description = "Let no policy promote a checkpoint; a person still can.",
      footer = {"", "Example:", "  radstream models refuse chest-000300000"})
  int refuse(@Mixin Checkpoint checkpoint, @Mixin Decision decision)
      throws IOException, InterruptedException {
    return decision.make(command("refuse"), checkpoint.named(), Map.of());
  }

  private CommandSpec command(String name) {
    return spec.subcommands().get(name).getCommandSpec();
  }
}

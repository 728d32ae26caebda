package io.radstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A decision about checkpoints by hand; the name of its command is the verdict. */
abstract class ModelDecision implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ServiceAccess service;
  @Mixin private JsonSummary summary;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for those who read it later; no patient data.")
  private Optional<String> reason;

  /** The checkpoint that it names, if any. */
  Optional<String> checkpoint() {
    return Optional.empty();
  }

  /** What is said along with it but for the reason. */
  Map<String, Object> further() {
    return Map.of();
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    Map<String, Object> body = new HashMap<>(further());
    reason.ifPresent(text -> body.put("reason", text));
    JsonNode answer = service.client().decide(spec.name(), checkpoint(), body);
    PrintWriter out = spec.commandLine().getOut();
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

  /** One that names a checkpoint. */
  abstract static class About extends ModelDecision {

    @Parameters(paramLabel = "ID", description = "Checkpoint, as 'radstream models list' has it.")
    private String id;

    @Override
    final Optional<String> checkpoint() {
      return Optional.of(id);
    }
  }

  @Command(
      name = "promote",
      description = "Make a checkpoint live.",
      footer = {"", "Example:", "  radstream models promote chest-000300000"})
  static final class Promote extends About {}

  @Command(
      name = "pin",
      description = "Make a checkpoint live, and let no policy change that until 'unpin'.",
      footer = {"", "Example:", "  radstream models pin chest-000300000 --reason \"a study runs\""})
  static final class Pin extends About {}

  @Command(
      name = "unpin",
      description = "Let policies decide again; they judge what came meanwhile.",
      footer = {"", "Example:", "  radstream models unpin"})
  static final class Unpin extends ModelDecision {}

  @Command(
      name = "rollback",
      description = {
        "Make the checkpoint before the live one live again.",
        "No policy promotes the one that is taken back any more; a person can."
      },
      footer = {"", "Example:", "  radstream models rollback --reason \"effusions are missed\""})
  static final class RollBack extends ModelDecision {}

  @Command(
      name = "hold",
      description = "Keep a checkpoint loaded, and from policies, until a person decides.",
      footer = {"", "Example:", "  radstream models hold chest-000300000"})
  static final class Hold extends About {}

  @Command(
      name = "canary",
      description = "Have a checkpoint answer for a share of the studies, always the same ones.",
      footer = {"", "Example:", "  radstream models canary chest-000300000 --share 0.1"})
  static final class Canary extends About {

    @Option(
        names = "--share",
        paramLabel = "SHARE",
        required = true,
        description = "Of the studies, above 0 and at most 1.")
    private double share;

    @Override
    Map<String, Object> further() {
      return Map.of("share", share);
    }
  }

  @Command(
      name = "shadow",
      description = "Have a checkpoint score beside the live one; its scores are compared only.",
      footer = {"", "Example:", "  radstream models shadow chest-000300000"})
  static final class Shadow extends About {}

  @Command(
      name = "refuse",
      description = "Let no policy promote a checkpoint; a person still can.",
      footer = {"", "Example:", "  radstream models refuse chest-000300000"})
  static final class Refuse extends About {}
}

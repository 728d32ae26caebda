package io.radstream.cli;

import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.SteeringConfig;
import io.radstream.serving.fleet.BestWins;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.TrialFirst;
import io.radstream.serving.panel.GateSettings;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: which checkpoint of a service answers. */
final class PolicyOptions {

  private enum Policy {
    NEWEST,
    BEST,
    CANARY,
    SHADOW,
    GATE,
    MANUAL
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private GateOptions gate;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "newest",
      description = {
        "Which checkpoint answers: newest; best, by --policy-figure; canary or shadow, where each",
        "new one goes on trial until someone promotes it; gate, where the newest that is not",
        "worse than the live one on a panel of labelled studies; manual, where new ones wait",
        "(default: ${DEFAULT-VALUE})."
      })
  private Policy policy;

  @Option(
      names = "--policy-figure",
      paramLabel = "NAME",
      defaultValue = "validation_loss",
      description =
          "What is the best: a figure that checkpoints are announced with (default:"
              + " ${DEFAULT-VALUE}).")
  private String figure;

  @Option(
      names = "--policy-direction",
      paramLabel = "lowest|highest",
      defaultValue = "lowest",
      description = "Which end of the figure is the best one (default: ${DEFAULT-VALUE}).")
  private BestWins.Best direction;

  @Option(
      names = "--canary-share",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "Studies that a canary of the policy answers for, above 0 and at most 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "Instances of one name agree on which checkpoint answers (default: radstream, or"
              + " radstream-LINE with --line).")
  private Optional<String> service;

  @Option(
      names = "--no-previous",
      description =
          "Do not keep the checkpoint before the live one loaded: it saves a model's memory, and to"
              + " roll back takes a load.")
  private boolean withoutPrevious;

  @Option(
      names = "--gate-moved",
      paramLabel = "D",
      defaultValue = "0.1",
      description =
          "A score has moved that differs by more from the live one's (default: ${DEFAULT-VALUE}).")
  private double moved = GateSettings.DEFAULT.moved();

  /**
   * Reads the gate's panel, if there is a gate, which may take a while.
   *
   * @param originals where pictures at full resolution are read, which a panel of the topic is made
   *     of then; empty for published views
   * @throws ParameterException where the options do not fit each other, or the panel is unusable
   * @throws IOException where the panel cannot be read
   */
  ServingPolicy policy(KafkaConnection connection, Optional<ClaimedObjects> originals)
      throws IOException {
    if (policy != Policy.GATE && gate.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--panel and --panel-offsets go with --policy gate");
    }
    try {
      return switch (policy) {
        case NEWEST -> new NewestWins();
        case BEST -> new BestWins(figure, direction);
        case CANARY -> new TrialFirst(TrialFirst.Trial.CANARY, share);
        case SHADOW -> new TrialFirst(TrialFirst.Trial.SHADOW, share);
        case GATE -> gate.policy(connection, originals, moved, "--policy gate");
        case MANUAL -> new TrialFirst(TrialFirst.Trial.MANUAL, share);
      };
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  SteeringConfig steering(Optional<String> line) {
    SteeringConfig usual = SteeringConfig.of(line);
    return new SteeringConfig(service.orElse(usual.service()), !withoutPrevious);
  }
}

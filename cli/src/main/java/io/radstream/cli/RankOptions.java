package io.radstream.cli;

import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.ranks.RankGroup;
import io.radstream.model.config.Reduction;
import io.radstream.model.engine.Seat;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.Placement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.ranks.Terms;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: how many processes learn together, and which of them this one is. */
final class RankOptions {

  private static final List<String> JVM =
      List.of("-X", "-Dradstream", "--enable-native-access", "--sun-misc-unsafe-memory-access");

  private static final String LOCAL = "LOCAL_RANK";

  /** Longer than the grace within which ranks end whose others have gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Of rank 0, for a checkpoint that is being written and brought to its store; pods have as long.
   */
  private static final Duration CHECKPOINT = Duration.ofMinutes(5);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--world",
      paramLabel = "N",
      description =
          "Learn in so many processes, one for each device: on this machine unless --rank is given."
              + " compute.shards has to be a multiple of it; weights do not depend on it.")
  private Optional<Integer> world;

  @Option(
      names = "--rank",
      paramLabel = "R",
      description =
          "Which of them this one is, from 0 on, where others are started elsewhere. What"
              + " torchrun, Slurm and Kubernetes' indexed Jobs set in the environment will do as"
              + " well.")
  private Optional<Integer> rank;

  @Option(
      names = "--rendezvous",
      paramLabel = "HOST:PORT",
      description = "Where rank 0 waits for the others, with --rank.")
  private Optional<String> rendezvous;

  @Option(
      names = "--rank-timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationConverter.class,
      description =
          "Until all have come, and for each exchange between them (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often all processes of this machine are started again where one has gone, in 10"
              + " minutes (default: ${DEFAULT-VALUE}).")
  private int restarts;

  /** Whether processes are to be started here, and this one does not learn itself. */
  boolean startsOthers(Map<String, String> environment) {
    if (world.orElse(1) < 1) {
      throw wrong("--world %d".formatted(world.get()));
    }
    return world.orElse(1) > 1 && placement(environment).isEmpty();
  }

  /**
   * These.
   *
   * @param program main class of the command
   * @param first words of the command
   * @param again the same, where the run has begun before; none where it cannot go on by itself
   */
  RankGroup.Plan group(String program, List<String> first, List<String> again) {
    return new RankGroup.Plan(
        TrainerProcess.command(program, jvm(), first),
        TrainerProcess.command(program, jvm(), again),
        world.orElseThrow(),
        again.isEmpty() ? 0 : restarts,
        PATIENCE,
        CHECKPOINT);
  }

  /** Options of this Java that are others' as well. */
  static List<String> jvm() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> JVM.stream().anyMatch(option::startsWith))
        .toList();
  }

  /** Of this process; empty where it is alone. */
  Optional<Terms> terms(Map<String, String> environment) {
    return placement(environment).map(found -> new Terms(found.seat(), timeout));
  }

  /** Number among the processes of this machine, and so of its device. */
  int local(Map<String, String> environment) {
    String given = environment.getOrDefault(LOCAL, "");
    return rank.isPresent() && given.matches("\\d{1,3}")
        ? Integer.parseInt(given)
        : placement(environment).map(Placement::local).orElse(0);
  }

  private Optional<Placement> placement(Map<String, String> environment) {
    try {
      return rank.isPresent() ? Optional.of(given()) : told(Placement.of(environment));
    } catch (InvalidConfigException e) {
      throw wrong(e.getMessage());
    }
  }

  private Optional<Placement> told(Optional<Placement> found) {
    found.ifPresent(
        placement -> {
          int several = placement.seat().world();
          if (world.isPresent() && world.get() != several) {
            throw wrong(
                "--world %d, and the environment says that there are %d"
                    .formatted(world.get(), several));
          }
        });
    return found;
  }

  private Placement given() {
    if (world.isEmpty() || rendezvous.isEmpty()) {
      throw wrong("--rank wants --world N and --rendezvous HOST:PORT beside it");
    }
    int colon = rendezvous.get().lastIndexOf(':');
    try {
      String host = rendezvous.get().substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
      int port = Integer.parseInt(rendezvous.get().substring(colon + 1));
      return new Placement(new Seat(rank.get(), world.get(), host, port), 0);
    } catch (NumberFormatException e) {
      throw wrong("--rendezvous %s is not HOST:PORT".formatted(rendezvous.get()));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  /** Whether a run can be shared by so many. */
  void require(RunConfig config, int ranks) {
    if (config.compute().reduction() == Reduction.FAST) {
      if (config.batch() % ranks != 0) {
        throw wrong(
            "%d processes cannot share batches of %d studies equally"
                .formatted(ranks, config.batch()));
      }
    } else if (config.compute().shards() % ranks != 0) {
      throw wrong(
          "%d processes cannot share batches of %d shards: give --set compute.shards=%d or a multiple, and weights are the same for any number of processes; or --set compute.reduction=fast, and they are not"
              .formatted(ranks, config.compute().shards(), powerOfTwo(ranks)));
    }
  }

  private static int powerOfTwo(int atLeast) {
    return Integer.highestOneBit(Math.max(1, 2 * atLeast - 1));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

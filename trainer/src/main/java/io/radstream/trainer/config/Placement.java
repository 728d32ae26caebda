package io.radstream.trainer.config;

import io.radstream.model.engine.Seat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rank of which world this process is, as those who start several say by environment
 * variables: torchrun, Slurm's {@code srun}, and an indexed Job of Kubernetes (a JobSet's, too).
 *
 * @param local number among the ranks of this machine, and so of its device
 */
public record Placement(Seat seat, int local) {

  /** Where PyTorch's ranks meet unless told otherwise. */
  private static final int USUAL_PORT = 29_500;

  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;

  private static final Pattern ITEM = Pattern.compile("(?:[^,\\[]|\\[[^]]*])+");
  private static final Pattern RANGES = Pattern.compile("\\[([^],-]*)[^]]*]");

  /**
   * Torchrun's variables count before Slurm's, and these before Kubernetes', as the ones may be set
   * within the others.
   *
   * @param environment by name
   * @return empty where nobody has said that there are several
   * @throws InvalidConfigException where it is said in part; the message names what is missing
   */
  public static Optional<Placement> of(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    Optional<Placement> found =
        variables.has("RANK")
            ? Optional.of(torchrun(variables))
            : variables.has("SLURM_PROCID")
                ? slurm(variables)
                : variables.has("JOB_COMPLETION_INDEX") ? kubernetes(variables) : Optional.empty();
    return found.filter(placement -> placement.seat().world() > 1);
  }

  /**
   * Where torchrun's agent serves a store of its own at that port, as it does unless told
   * otherwise, the ranks meet at the next.
   */
  private static Placement torchrun(Variables variables) {
    boolean taken = variables.text("TORCHELASTIC_USE_AGENT_STORE").equals("True");
    int port = variables.number("MASTER_PORT");
    return placement(
        variables,
        "RANK",
        "WORLD_SIZE",
        variables.needed("MASTER_ADDR"),
        taken ? port + 1 : port,
        "LOCAL_RANK");
  }

  /** Rank 0 is on the first machine of the step; each job has a port of its own. */
  private static Optional<Placement> slurm(Variables variables) {
    if (variables.number("SLURM_NTASKS") == 1) {
      return Optional.empty();
    }
    String host =
        variables
            .found("MASTER_ADDR")
            .or(() -> variables.found("SLURM_STEP_NODELIST").map(Placement::first))
            .or(() -> variables.found("SLURM_JOB_NODELIST").map(Placement::first))
            .or(() -> variables.found("SLURM_LAUNCH_NODE_IPADDR"))
            .orElseThrow(() -> variables.missing("SLURM_JOB_NODELIST"));
    int port =
        variables.has("MASTER_PORT")
            ? variables.number("MASTER_PORT")
            : FIRST_PORT + variables.number("SLURM_JOB_ID") % PORTS;
    return Optional.of(
        placement(variables, "SLURM_PROCID", "SLURM_NTASKS", host, port, "SLURM_LOCALID"));
  }

  /** An index without a world is one of many runs. */
  private static Optional<Placement> kubernetes(Variables variables) {
    if (!variables.has("WORLD_SIZE")) {
      return Optional.empty();
    }
    int port = variables.has("MASTER_PORT") ? variables.number("MASTER_PORT") : USUAL_PORT;
    return Optional.of(
        placement(
            variables,
            "JOB_COMPLETION_INDEX",
            "WORLD_SIZE",
            variables.needed("MASTER_ADDR"),
            port,
            "LOCAL_RANK"));
  }

  private static Placement placement(
      Variables variables, String rank, String world, String host, int port, String local) {
    try {
      return new Placement(
          new Seat(variables.number(rank), variables.number(world), host, port),
          variables.has(local) ? variables.number(local) : 0);
    } catch (InvalidConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException("%s, %s: %s".formatted(rank, world, e.getMessage()), e);
    }
  }

  /** Of a list as Slurm writes it: {@code gpu[003-006,9],login} begins with {@code gpu003}. */
  static String first(String nodes) {
    Matcher item = ITEM.matcher(nodes);
    return item.lookingAt() ? RANGES.matcher(item.group()).replaceAll("$1") : nodes;
  }

  private record Variables(Map<String, String> values) {

    Optional<String> found(String name) {
      return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }

    boolean has(String name) {
      return found(name).isPresent();
    }

    String text(String name) {
      return found(name).orElse("");
    }

    String needed(String name) {
      return found(name).orElseThrow(() -> missing(name));
    }

    int number(String name) {
      String text = needed(name);
      try {
        return Integer.parseInt(text.strip());
      } catch (NumberFormatException e) {
        throw new InvalidConfigException("%s is '%s', and no number".formatted(name, text), e);
      }
    }

    InvalidConfigException missing(String name) {
      return new InvalidConfigException(
          "one of several ranks is meant, as the environment says, but %s is not set"
              .formatted(name));
    }
  }
}

package io.radstream.cli;

import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.panel.GatePolicy;
import io.radstream.serving.panel.GateSettings;
import io.radstream.serving.panel.Panel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the gate that checkpoints have to pass, and the panel that it judges them on. */
final class GateOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private PanelOptions panel;

  @Option(
      names = "--gate-level",
      paramLabel = "P",
      defaultValue = "0.95",
      description =
          "How sure the gate is that a finding is worse, all findings together (default:"
              + " ${DEFAULT-VALUE}).")
  private double level = GateSettings.DEFAULT.level();

  @Option(
      names = "--gate-studies",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "A finding counts where so many patients of the panel have it, and so many have not"
              + " (default: ${DEFAULT-VALUE}).")
  private int least = GateSettings.DEFAULT.least();

  /** Whether there is a panel, which is of use to a gate only. */
  boolean isGiven() {
    return panel.isGiven();
  }

  /**
   * Reads the panel, which may take a while.
   *
   * @param originals where pictures at full resolution are read, which a panel of the topic is made
   *     of then; empty for published views
   * @param moved from which difference on the gate says of a score that it has moved
   * @param wanting what wants it, for messages
   * @throws ParameterException where the options do not fit each other, or the panel is unusable
   * @throws IOException where the panel cannot be read
   */
  GatePolicy policy(
      KafkaConnection connection, Optional<ClaimedObjects> originals, double moved, String wanting)
      throws IOException {
    GateSettings settings = settings(moved);
    Panel read = panel.read(() -> connection, originals, wanting);
    requireJudgeable(read);
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "Judging on a panel; studies: %d, findings: %d, sha256: %s.%n",
        read.studies().size(), read.findings().size(), read.digest());
    err.flush();
    return new GatePolicy(read, settings);
  }

  /** A gate that judges by nothing would hold every checkpoint, the first one too. */
  private void requireJudgeable(Panel read) {
    Set<String> judged = read.findings(least);
    if (judged.isEmpty()) {
      throw usage(
          "the panel cannot be used: no finding is there in studies of at least %d patients, and"
                  .formatted(least)
              + " absent in those of as many; choose studies of more patients, or lower"
              + " --gate-studies");
    }
    Set<String> left = new TreeSet<>(read.findings());
    left.removeAll(judged);
    if (!left.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "Fewer than %d patients of the panel have, or have not, and so nothing is judged by: %s.%n",
          least, String.join(", ", left));
    }
  }

  private GateSettings settings(double moved) {
    try {
      return new GateSettings(level, GateSettings.DEFAULT.rounds(), least, moved);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.panel.GatePolicy;
import io.radstream.serving.panel.GateSettings;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.panel.TopicPanel;
import io.radstream.serving.panel.UnusablePanelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Mixin: the gate that checkpoints have to pass, and the panel that it judges them on. */
final class GateOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--panel",
      paramLabel = "PATH",
      description =
          "The gate's panel: a JSON Lines file as for publish jsonl, with labels, or the directory"
              + " that it is alone in.")
  private Optional<Path> panel;

  @Option(
      names = "--panel-offsets",
      paramLabel = "PARTITION:FROM-TO",
      split = ",",
      converter = RangeConverter.class,
      description =
          "The gate's panel: these offsets of tuples.validation, the last one exclusive, with what"
              + " the topic labels says of their studies.")
  private List<OffsetRange> offsets = List.of();

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
          "A finding counts where the panel has so many studies with it, and so many without"
              + " (default: ${DEFAULT-VALUE}).")
  private int least = GateSettings.DEFAULT.least();

  @Option(
      names = "--gate-moved",
      paramLabel = "D",
      defaultValue = "0.1",
      description =
          "A score has moved that differs by more from the live one's (default: ${DEFAULT-VALUE}).")
  private double moved = GateSettings.DEFAULT.moved();

  /** Whether there is a panel, which is of use to a gate only. */
  boolean isGiven() {
    return panel.isPresent() || !offsets.isEmpty();
  }

  /**
   * Reads the panel, which may take a while.
   *
   * @throws ParameterException where the options do not fit each other, or the panel is unusable
   * @throws IOException where the panel cannot be read
   */
  ServingPolicy policy(KafkaConnection connection) throws IOException {
    GateSettings settings = settings();
    Panel read = panel(connection);
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "Judging on a panel; studies: %d, findings: %d, sha256: %s.%n",
        read.studies().size(), read.findings().size(), read.digest());
    err.flush();
    return new GatePolicy(read, settings);
  }

  private GateSettings settings() {
    try {
      return new GateSettings(level, GateSettings.DEFAULT.rounds(), least, moved);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Panel panel(KafkaConnection connection) throws IOException {
    if (panel.isPresent() != offsets.isEmpty()) {
      throw usage("--policy gate needs one panel: --panel or --panel-offsets");
    }
    try {
      return panel.isPresent()
          ? new PanelFile(panel.get()).read()
          : TopicPanel.read(KafkaClients.of(connection), connection, offsets);
    } catch (UnusablePanelException e) {
      throw usage("the panel cannot be used: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static final class RangeConverter implements ITypeConverter<OffsetRange> {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9}):(\\d{1,18})-(\\d{1,18})");

    @Override
    public OffsetRange convert(String text) {
      Matcher range = RANGE.matcher(text);
      if (!range.matches()) {
        throw new TypeConversionException("not PARTITION:FROM-TO, such as 0:1200-3400: " + text);
      }
      try {
        return new OffsetRange(
            Integer.parseInt(range.group(1)),
            Long.parseLong(range.group(2)),
            Long.parseLong(range.group(3)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

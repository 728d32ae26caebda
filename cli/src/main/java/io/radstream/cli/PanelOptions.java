package io.radstream.cli;

import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.panel.TopicPanel;
import io.radstream.serving.panel.UnusablePanelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: labelled studies that checkpoints are judged or calibrated on. */
final class PanelOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--panel",
      paramLabel = "PATH",
      description =
          "The panel: a JSON Lines file as for publish jsonl, with labels, or the directory that it"
              + " is alone in.")
  private Optional<Path> panel;

  @Option(
      names = "--panel-offsets",
      paramLabel = "PARTITION:FROM-TO",
      split = ",",
      converter = RangeConverter.class,
      description =
          "The panel: these offsets of tuples.validation, the last one exclusive, with what the"
              + " topic labels says of their studies.")
  private List<OffsetRange> offsets = List.of();

  boolean isGiven() {
    return panel.isPresent() || !offsets.isEmpty();
  }

  /**
   * Reads the panel, which may take a while.
   *
   * @param connection asked for only where topics are read
   * @param originals where pictures at full resolution are read, which a panel of the topic is made
   *     of then; empty for published views
   * @param wanting what wants one panel, for messages
   * @throws ParameterException where there is not one panel, or it is unusable
   * @throws IOException where the panel cannot be read
   */
  Panel read(
      Supplier<KafkaConnection> connection, Optional<ClaimedObjects> originals, String wanting)
      throws IOException {
    if (panel.isPresent() != offsets.isEmpty()) {
      throw usage(wanting + " needs one panel: --panel or --panel-offsets");
    }
    try {
      if (panel.isPresent()) {
        return new PanelFile(panel.get()).read();
      }
      KafkaConnection topics = connection.get();
      return TopicPanel.read(KafkaClients.of(topics), topics, offsets, originals);
    } catch (UnusablePanelException e) {
      throw usage("the panel cannot be used: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

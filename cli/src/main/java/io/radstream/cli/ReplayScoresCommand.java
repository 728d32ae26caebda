package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.serving.access.UnusableAccessException;
import io.radstream.serving.arrivals.ReplayEvidence;
import io.radstream.serving.arrivals.ReplayedScores;
import io.radstream.serving.arrivals.ScoreReplay;
import io.radstream.serving.receipt.ReceiptPublicKey;
import io.radstream.serving.receipt.ReceiptVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream replay scores}: scores again, from the topics and the store. */
@Command(
    name = "scores",
    description = {
      "Score again what the topic of scores tells of, and compare every bit.",
      "",
      "Each study is read where its record says, and scored by the checkpoint on its receipt, in a"
          + " pass of the same shape. Nothing is written. It stops at the first score that is"
          + " another and says which. Exit code 0: all were scored again, with the same bits; 1: one"
          + " was another, or could not be had again. On another kind of machine the last bits may"
          + " differ; that is said."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream replay scores --store checkpoints",
      "  radstream replay scores --offsets 0:0-1200,1:0-1100 --prompts night.yaml"
    })
final class ReplayScoresCommand implements Callable<Integer> {

  /** Every bit. */
  private static final double TOLERANCE = 0;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;
  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;
  @Mixin private OriginalsOption originals;

  @Option(
      names = "--offsets",
      paramLabel = "PARTITION:FROM-TO",
      split = ",",
      converter = RangeConverter.class,
      description =
          "Of the topic of scores, the last one exclusive; the topic has to hold it (default: all"
              + " that it holds).")
  private List<OffsetRange> ranges = List.of();

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description =
          "Where the trainer keeps checkpoints; receipts name line and step (default:"
              + " ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "The service's public key in PEM (default: signatures of receipts are not checked).")
  private Optional<Path> publicKey;

  private volatile boolean stopped;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<ReceiptPublicKey> key = key();
    List<ReplayedScores> outcomes = new ArrayList<>();
    GracefulStop.during(
        () -> {
          ReplayedScores outcome = replay(key);
          ReplayedScoresReport report = new ReplayedScoresReport(outcome, stopped);
          report.print(spec.commandLine().getOut());
          json.print(report.summary());
          outcomes.add(outcome);
        },
        () -> stopped = true);
    return outcomes.get(0).isIdentical() ? Radstream.DONE : Radstream.FAILED;
  }

  private ReplayedScores replay(Optional<ReceiptPublicKey> key) throws IOException {
    ReceiptVerifier verifier =
        new ReceiptVerifier(device.choice()::start, TOLERANCE, Clock.systemUTC());
    try (ScoreReplay replay =
            ScoreReplay.open(
                connectionOptions.connection(),
                new ReplayEvidence(verifier, store, originals.objects(), prompts.given(), key),
                () -> stopped,
                Clock.systemUTC());
        OffsetProgress progress = new OffsetProgress("Scoring again")) {
      return replay.run(ranges, progress);
    } catch (UnreadableTopicException e) {
      throw ranges.isEmpty()
          ? e
          : new ParameterException(spec.commandLine(), "--offsets: " + e.getMessage(), e);
    }
  }

  private Optional<ReceiptPublicKey> key() throws IOException {
    try {
      return publicKey.isPresent()
          ? Optional.of(ReceiptPublicKey.read(publicKey.get()))
          : Optional.empty();
    } catch (UnusableAccessException e) {
      throw new ParameterException(
          spec.commandLine(), "--public-key: %s: %s".formatted(publicKey.get(), e.getMessage()), e);
    }
  }
}

package io.radstream.cli;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.access.UnusableAccessException;
import io.radstream.serving.receipt.Evidence;
import io.radstream.serving.receipt.GivenReceipt;
import io.radstream.serving.receipt.ReceiptCheckpoint;
import io.radstream.serving.receipt.ReceiptPublicKey;
import io.radstream.serving.receipt.ReceiptReader;
import io.radstream.serving.receipt.ReceiptVerifier;
import io.radstream.serving.receipt.VerifiedReceipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
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

/** {@code radstream verify-receipt}: what a receipt says, against what there is. */
@Command(
    name = "verify-receipt",
    description = {
      "Check a receipt of the scoring service, score its study again, and compare.",
      "",
      "Each part is checked by itself: who signed it, the answer around it, the images, the files of"
          + " the checkpoint, its run, the prompts, the settings, the scores. What cannot be checked"
          + " is said to be not checked. Exit code 0: nothing is wrong, and the scores are the same"
          + " again; 1: something is wrong, or the study was not scored again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream verify-receipt answer.json --public-key receipts.key.pub \\",
      "      frontal.png lateral.png",
      "  radstream verify-receipt receipt.json --checkpoint kept/000300000 \\",
      "      --prompts night.yaml --tolerance 0 --json frontal.png"
    })
final class VerifyReceiptCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;

  @Parameters(
      index = "0",
      paramLabel = "RECEIPT",
      description = "The receipt, or the whole answer that it came in, as JSON.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "The study's views as they were sent, in any order.")
  private List<Path> images = List.of();

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description =
          "Where the trainer keeps checkpoints; the receipt names line and step (default:"
              + " ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "The checkpoint's directory, where it is not in the store.")
  private Optional<Path> directory;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "The service's public key in PEM, from who runs it and not from who shows the receipt"
              + " (default: the signature is not checked).")
  private Optional<Path> publicKey;

  @Option(
      names = "--tolerance",
      paramLabel = "P",
      defaultValue = "1e-4",
      description =
          "Largest difference of two probabilities that are taken for the same (default:"
              + " ${DEFAULT-VALUE}). The last bits depend on which studies shared a pass, and on the"
              + " processor. 0 asks for every bit.")
  private double tolerance;

  @Override
  public Integer call() throws IOException {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw usage("--tolerance: from 0 to less than 1");
    }
    GivenReceipt given = new ReceiptReader().read(file);
    ReceiptCheckpoint checkpoint = given.receipt().payload().checkpoint();
    Evidence evidence = new Evidence(key(), files(checkpoint), images(), prompts.given());
    VerificationReport report =
        new VerificationReport(given.receipt().payload(), verified(given, evidence));
    report.print(spec.commandLine().getOut());
    summary.print(report.summary());
    return report.verified().isReproduced() ? Radstream.DONE : Radstream.FAILED;
  }

  private VerifiedReceipt verified(GivenReceipt given, Evidence evidence) throws IOException {
    try (ReceiptVerifier verifier =
        new ReceiptVerifier(device.choice()::start, tolerance, Clock.systemUTC())) {
      return verifier.verify(given, evidence);
    }
  }

  private CheckpointDirectory files(ReceiptCheckpoint checkpoint) throws IOException {
    return directory.isPresent()
        ? new CheckpointDirectory(directory.get())
        : store.files(checkpoint.line(), checkpoint.step());
  }

  private Optional<ReceiptPublicKey> key() {
    try {
      return publicKey.isPresent()
          ? Optional.of(ReceiptPublicKey.read(publicKey.get()))
          : Optional.empty();
    } catch (UnusableAccessException e) {
      throw usage("--public-key: %s: %s".formatted(publicKey.get(), e.getMessage()));
    }
  }

  private Map<String, byte[]> images() throws IOException {
    if (images.size() > StudyViews.MOST_VIEWS) {
      throw usage("IMAGE: a study has at most %d views".formatted(StudyViews.MOST_VIEWS));
    }
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (Path image : images) {
      contents.put(image.toString(), Files.readAllBytes(image));
    }
    return contents;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

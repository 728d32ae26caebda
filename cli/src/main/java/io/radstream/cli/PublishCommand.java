package io.radstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream publish}: studies of a source to the studies topic. */
@Command(
    name = "publish",
    description =
        "Publish studies to the studies topic. Publishing a source twice trains on nothing twice.",
    subcommands = {
      PublishSyntheticCommand.class,
      PublishJsonlCommand.class,
      PublishDicomCommand.class,
      PublishDicomListenCommand.class,
      PublishDicomwebCommand.class,
      PublishHl7Command.class,
      PublishFhirCommand.class,
      PublishMimicCxrJpgCommand.class,
      PublishOpenICommand.class,
      PublishPadChestCommand.class,
      PublishCheXpertPlusCommand.class,
      PublishCovidIdcCommand.class,
      PublishNihChestXray14Command.class,
      PublishVinBigDataCommand.class,
      PublishShenzhenTbCommand.class
    },
    preprocessor = SourceOption.class,
    footer = {
      "",
      "Examples:",
      "  radstream publish synthetic --studies 2000 --seed 7 \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream publish jsonl --path studies.jsonl \\",
      "      --pseudonym-key-file site.key --kafka-config client.properties",
      "  radstream publish hl7 --port 2575 --pseudonym-key-file site.key"
    })
final class PublishCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing source: one of " + String.join(", ", spec.subcommands().keySet()));
  }
}

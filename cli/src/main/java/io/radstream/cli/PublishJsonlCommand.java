package io.radstream.cli;

import io.radstream.producers.jsonl.JsonlSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code radstream publish jsonl}: studies of a file. */
@Command(
    name = "jsonl",
    description = "Publish the studies of a JSON Lines file, one study or part of a study a line.",
    footer = {
      "",
      "Examples:",
      "  radstream publish jsonl --path studies.jsonl --pseudonym-key-file site.key",
      "  radstream publish jsonl --path studies.jsonl \\",
      "      --kafka-config client.properties --json",
      "",
      "The format is described in docs/data-formats.md. Exit code 1 where nothing",
      "could be sent or the cluster failed."
    })
final class PublishJsonlCommand implements Callable<Integer> {

  @Mixin private PublishRun run;

  @Option(
      names = "--path",
      required = true,
      paramLabel = "FILE",
      description = "The file; its images lie beside it.")
  private Path path;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return run.publish(new JsonlSource(path), true);
  }
}

package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code radstream fetch}: a checkpoint as a directory, for commands that want one. */
@Command(
    name = "fetch",
    description = {
      "Bring a checkpoint to this machine, compare its files with their checksums, and print its"
          + " directory.",
      "",
      "For commands that want a directory (--checkpoint, --branch-from) where the store is a bucket."
          + " Of a store that is a directory the files are only compared."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream fetch --store s3://models/radstream --line chest",
      "  radstream fetch --store checkpoints --line chest --step 12000 --json"
    })
final class FetchCommand implements Callable<Integer> {

  private record Summary(String checkpointId, String directory) {}

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary summary;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description =
          "Where the trainer keeps checkpoints: a directory, or s3://BUCKET/PREFIX (default:"
              + " ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Option(names = "--line", paramLabel = "NAME", required = true, description = "Model line.")
  private String line;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Of the line's checkpoints the one of this step (default: the newest).")
  private Optional<Long> step;

  @Override
  public Integer call() throws IOException {
    Checkpoint checkpoint = store.load(line, step.isPresent() ? step.get() : newest());
    checkpoint.verify();
    PrintWriter out = spec.commandLine().getOut();
    if (!summary.requested()) {
      out.println(checkpoint.directory());
      out.flush();
    }
    summary.print(new Summary(checkpoint.id(), checkpoint.directory().toString()));
    return Radstream.DONE;
  }

  private long newest() throws IOException {
    List<Checkpoint> all = store.list(line);
    if (all.isEmpty()) {
      throw new IOException("there is no checkpoint of line %s in %s".formatted(line, store));
    }
    return all.get(all.size() - 1).state().step();
  }
}

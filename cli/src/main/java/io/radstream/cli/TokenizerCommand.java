package io.radstream.cli;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.streams.TokenizerTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream tokenizer}: makes the vocabulary that reports are written in. */
@Command(
    name = "tokenizer",
    description = "Make a tokenizer.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TokenizerCommand.Train.class)
final class TokenizerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command: train");
  }

  @Command(
      name = "train",
      description = {
        "Train a WordPiece vocabulary on the reports that are on the studies topic.",
        "",
        "The same reports give the same file, in whatever order they were published."
      },
      footer = {
        "",
        "Example:",
        "  radstream tokenizer train --out tokenizer.json \\",
        "      --kafka-config client.properties"
      })
  static final class Train implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ConnectionOptions connectionOptions;
    @Mixin private JsonSummary summary;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        defaultValue = "tokenizer.json",
        description = "Where to write it (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
        names = "--vocabulary",
        paramLabel = "N",
        defaultValue = "8000",
        description = "Most tokens (default: ${DEFAULT-VALUE}).")
    private int vocabulary;

    @Option(
        names = "--min-frequency",
        paramLabel = "N",
        defaultValue = "2",
        description = "How often a new token must occur (default: ${DEFAULT-VALUE}).")
    private long minFrequency;

    @Option(names = "--force", description = "Replace the file where it exists.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
      WordPieceTrainer.Options options = options();
      KafkaConnection connection = connectionOptions.connection();
      // A run that goes on with another tokenizer than it began with learns nonsense.
      if (!force && Files.exists(out)) {
        throw new FileAlreadyExistsException(
            out + "; --force replaces it, and the stage and the trainer then need the new one");
      }
      TokenizerTraining.Result result = train(connection, options);
      try (ReportTokenizer tokenizer = ReportTokenizer.of(result.json())) {
        write(result.json());
        PrintWriter printer = spec.commandLine().getOut();
        printer.printf(
            "%s: %d tokens from %d reports%n",
            out, tokenizer.vocabulary().size(), result.reports());
        printer.flush();
        summary.print(
            new Trained(
                out.toString(),
                tokenizer.fingerprint(),
                tokenizer.vocabulary().size(),
                result.reports(),
                result.records()));
      }
      return Radstream.DONE;
    }

    private WordPieceTrainer.Options options() {
      try {
        return new WordPieceTrainer.Options(vocabulary, minFrequency);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }

    private static TokenizerTraining.Result train(
        KafkaConnection connection, WordPieceTrainer.Options options) throws IOException {
      try (ProgressBar bar = TerminalBar.of("Reports", " records").build()) {
        return TokenizerTraining.fromTopic(
            connection, options, (done, total) -> bar.maxHint(total).stepTo(done));
      }
    }

    /** Whole or not at all: whoever waits for the file never reads half of it. */
    private void write(byte[] json) throws IOException {
      Path folder = out.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path unfinished = Files.createTempFile(folder, "tokenizer", ".part");
      try {
        Files.write(unfinished, json);
        Files.move(unfinished, out, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }

    private record Trained(
        String file, String fingerprint, int vocabulary, long reports, long records) {}
  }
}

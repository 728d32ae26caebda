package io.radstream.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream key}: secrets that pseudonyms, callers and receipts need. */
@Command(
    name = "key",
    description =
        "Secret keys: the one that a site's pseudonyms and shifted dates are made with, those by"
            + " which the scoring service knows who asks, and the one that it signs receipts with.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeyCommand.New.class, ApiKeyCommand.class, ReceiptKeyCommand.class})
final class KeyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command: new, api or receipt");
  }

  @Command(
      name = "new",
      description = {
        "Make a file with a new key, which only its owner can read. A file that exists is never"
            + " replaced.",
        "",
        "A site needs one key, for ever: with another one the same patient is another patient. Keep"
            + " a copy where it cannot be lost."
      },
      footer = {"", "Example:", "  radstream key new site.key"})
  static final class New implements Callable<Integer> {

    /** As many as the hash has that the key is for. */
    private static final int BYTES = 32;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to make.")
    private Path file;

    @Override
    public Integer call() throws IOException {
      // The one thing that must not be repeatable: who knows the seed would know the key.
      byte[] secret = new byte[BYTES];
      new SecureRandom().nextBytes(secret);
      try {
        new KeyFile(file).create(HexFormat.of().formatHex(secret));
      } catch (FileAlreadyExistsException e) {
        throw usage("FILE: %s exists, and a key is never replaced; name another file");
      } catch (NoSuchFileException e) {
        throw usage("FILE: there is no such folder to make %s in");
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%s: a new key. Keep a copy where it cannot be lost.%n", file);
      out.flush();
      return Radstream.DONE;
    }

    private ParameterException usage(String message) {
      return new ParameterException(spec.commandLine(), message.formatted(file));
    }
  }
}

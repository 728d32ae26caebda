package io.radstream.cli;

import io.radstream.serving.receipt.ReceiptKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream key receipt}: the key that a service signs receipts with. */
@Command(
    name = "receipt",
    description = {
      "Make the key that a scoring service signs receipts with, for 'serve --receipt-key'.",
      "",
      "FILE gets the secret half, which only its owner can read, and FILE.pub the public half, which"
          + " verifies receipts and is no secret. Files that exist are never replaced: receipts"
          + " that were signed with another key need the public half of that one."
    },
    footer = {"", "Example:", "  radstream key receipt receipts.key"})
final class ReceiptKeyCommand implements Callable<Integer> {

  private static final String PUBLIC = ".pub";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file to make, and FILE.pub beside it.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    Path publicFile = file.resolveSibling(file.getFileName() + PUBLIC);
    ReceiptKey key = ReceiptKey.generate();
    try {
      Files.writeString(publicFile, key.publicKey().pem(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw exists(publicFile);
    } catch (NoSuchFileException e) {
      throw usage("FILE: there is no such folder to make %s in".formatted(file));
    }
    try {
      new KeyFile(file).create(key.pem().strip());
    } catch (FileAlreadyExistsException e) {
      Files.delete(publicFile);
      throw exists(file);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: the secret half of key %s. %s: its public half, to verify receipts with.%n",
        file, key.publicKey().id(), publicFile);
    out.flush();
    return Radstream.DONE;
  }

  private ParameterException exists(Path path) {
    return usage("FILE: %s exists, and a key is never replaced; name another file".formatted(path));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

package io.radstream.cli;

import io.radstream.serving.access.UnusableAccessException;
import io.radstream.serving.receipt.ReceiptKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: how a service gives receipts. */
final class ReceiptOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--receipt-key",
      paramLabel = "FILE",
      description =
          "Sign receipts (/v1/score?receipt=true) with this private key, Ed25519 in PEM; 'radstream"
              + " key receipt' makes one (default: they are not signed).")
  private Optional<Path> file;

  /**
   * @throws ParameterException where the file holds no such key
   */
  Optional<ReceiptKey> key() throws IOException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      ReceiptKey key = ReceiptKey.read(file.get());
      new KeyFile(file.get()).warnIfOpen(spec.commandLine().getErr());
      return Optional.of(key);
    } catch (UnusableAccessException e) {
      throw new ParameterException(
          spec.commandLine(), "--receipt-key: %s: %s".formatted(file.get(), e.getMessage()), e);
    }
  }
}

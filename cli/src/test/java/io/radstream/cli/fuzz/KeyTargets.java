package io.radstream.cli.fuzz;

import io.radstream.cli.SelfSigned;
import io.radstream.producers.access.KeyStoreFile;
import io.radstream.producers.access.Secret;
import io.radstream.producers.access.Tls;
import io.radstream.serving.access.Certificates;
import io.radstream.serving.access.TlsFiles;
import io.radstream.serving.access.UnusableAccessException;
import io.radstream.serving.receipt.ReceiptKey;
import io.radstream.serving.receipt.ReceiptPublicKey;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys and certificates in files. */
final class KeyTargets implements AutoCloseable {

  private static final List<String> PEM =
      List.of(
          "-----BEGIN CERTIFICATE-----\n",
          "-----END CERTIFICATE-----\n",
          "-----BEGIN PRIVATE KEY-----\n",
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\n",
          "-----BEGIN RSA PRIVATE KEY-----\n",
          "-----BEGIN EC PRIVATE KEY-----\n",
          "-----END PRIVATE KEY-----\n",
          "-----",
          "\n",
          "=",
          "MIIB");

  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final TlsFiles good;

  KeyTargets(Path folder) throws Exception {
    this.folder = folder;
    this.good = SelfSigned.in(folder);
  }

  List<Target> all() throws IOException {
    return List.of(keyStore(), trusted(), certificate(), key(), receiptKey(), receiptPublicKey());
  }

  private Path written(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    return file;
  }

  private Target keyStore() throws IOException {
    Optional<Secret> password = Optional.of(new Secret.Given(SelfSigned.PASSWORD));
    return Target.of(
        "key-store",
        List.of(Files.readAllBytes(SelfSigned.store(folder))),
        List.of("0\0", "\0\0", "\4\0", "\2\4", "\4\4\177"),
        Set.of(IOException.class),
        input -> {
          Tls.listening(new KeyStoreFile(written("fuzz.p12", input), password), Optional.empty());
          return "";
        });
  }

  private Target trusted() throws IOException {
    return Target.of(
        "trusted-certificates",
        List.of(Files.readAllBytes(good.certificate())),
        PEM,
        Set.of(IOException.class),
        input -> {
          Tls.connecting(
              Optional.empty(),
              Optional.of(new KeyStoreFile(written("trusted.pem", input), Optional.empty())));
          return "";
        });
  }

  private Target certificate() throws IOException {
    return tls(
        "tls-certificate",
        good.certificate(),
        file -> new TlsFiles(file, good.key(), Optional.empty()));
  }

  private Target key() throws IOException {
    return tls(
        "tls-key", good.key(), file -> new TlsFiles(good.certificate(), file, Optional.empty()));
  }

  @FunctionalInterface
  private interface Beside {
    TlsFiles of(Path file);
  }

  private Target tls(String name, Path seed, Beside files) throws IOException {
    return Target.of(
        name,
        List.of(Files.readAllBytes(seed)),
        PEM,
        Set.of(UnusableAccessException.class),
        input -> {
          Certificates.of(vertx, files.of(written(name + ".pem", input)), InstantSource.system());
          return "";
        });
  }

  private Target receiptKey() {
    return Target.of(
        "receipt-key",
        List.of(Json.bytes(ReceiptKey.generate().pem())),
        PEM,
        Set.of(UnusableAccessException.class),
        input -> {
          ReceiptKey.read(written("receipt.pem", input));
          return "";
        });
  }

  private Target receiptPublicKey() {
    return Target.of(
        "receipt-public-key",
        List.of(Json.bytes(ReceiptKey.generate().publicKey().pem())),
        PEM,
        Set.of(UnusableAccessException.class),
        input -> {
          ReceiptPublicKey.read(written("public.pem", input)).jwk();
          return "";
        });
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

package io.radstream.producers.hl7.mllp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keys of a listener that speaks TLS, as PKCS #12.
 *
 * @param senders certificates of those who may send; empty: anybody who reaches the port
 */
public record MllpTls(Store key, Optional<Store> senders) {

  /**
   * A PKCS #12 file's content.
   *
   * @param password is not printed
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  public record Store(byte[] content, String password) {

    /**
     * @param passwordFile holds the password as text, without regard to white space around it
     * @throws IOException where one of the files cannot be read
     */
    public static Store read(Path file, Path passwordFile) throws IOException {
      return new Store(Files.readAllBytes(file), Files.readString(passwordFile).strip());
    }

    private PfxOptions options() {
      return new PfxOptions().setValue(Buffer.buffer(content)).setPassword(password);
    }

    @Override
    public String toString() {
      return "PKCS #12 of %d bytes".formatted(content.length);
    }
  }

  void apply(NetServerOptions options) {
    options.setSsl(true).setKeyCertOptions(key.options());
    if (senders.isPresent()) {
      options.setTrustOptions(senders.get().options()).setClientAuth(ClientAuth.REQUIRED);
    }
  }
}

package io.radstream.cli;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.radstream.serving.access.TlsFiles;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A certificate for this machine that nobody else has signed, as PEM and as a key store. */
public final class SelfSigned {

  /** Of the key store. */
  public static final String PASSWORD = "only in this test";

  private SelfSigned() {}

  /** The key store that has the same. */
  public static Path store(Path folder) {
    return folder.resolve("here.p12");
  }

  public static TlsFiles in(Path folder) throws Exception {
    X509Bundle made =
        new CertificateBuilder()
            .subject("CN=localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    try (OutputStream out = Files.newOutputStream(store(folder))) {
      made.toKeyStore(PASSWORD.toCharArray()).store(out, PASSWORD.toCharArray());
    }
    return new TlsFiles(
        Files.writeString(folder.resolve("certificate.pem"), made.getCertificatePEM()),
        Files.writeString(folder.resolve("key.pem"), made.getPrivateKeyPEM()),
        Optional.empty());
  }
}

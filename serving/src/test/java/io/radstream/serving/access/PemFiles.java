package io.radstream.serving.access;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A key and its certificate for a test, in PEM. */
public final class PemFiles {

  private static final Duration VALID = Duration.ofDays(90);

  private final X509Bundle made;
  private final String name;
  private final Path folder;

  public PemFiles(Path folder, String name, Algorithm algorithm) throws Exception {
    this.made =
        new CertificateBuilder()
            .algorithm(algorithm)
            .subject("CN=" + name)
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .notAfter(Instant.now().plus(VALID))
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    this.name = name;
    this.folder = folder;
  }

  public Path certificate() throws IOException {
    return Files.writeString(folder.resolve(name + ".crt"), made.getCertificatePEM());
  }

  public Path key() throws IOException {
    return Files.writeString(folder.resolve(name + ".key"), made.getPrivateKeyPEM());
  }

  public TlsFiles files() throws IOException {
    return new TlsFiles(certificate(), key(), Optional.empty());
  }

  public Certificate shown() {
    return made.getCertificate();
  }

  /**
   * Of a client that trusts this certificate alone.
   *
   * @param own what it shows
   */
  public SSLContext trusting(Optional<PemFiles> own) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        own.isPresent() ? own.get().made.toKeyManagerFactory().getKeyManagers() : null,
        made.toTrustManagerFactory().getTrustManagers(),
        null);
    return context;
  }
}

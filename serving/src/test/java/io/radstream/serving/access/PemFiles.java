package io.radstream.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and its certificate for a test, made by the JDK's own tool, in PEM. */
public final class PemFiles {

  private static final char[] PASSWORD = "only in this test".toCharArray();

  private final KeyStore store;
  private final String name;
  private final Path folder;

  /**
   * @param algorithm of keytool, as RSA or EC
   */
  public PemFiles(Path folder, String name, String algorithm) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-validity",
                "90",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    this.store = KeyStore.getInstance(file.toFile(), PASSWORD);
    this.name = name;
    this.folder = folder;
  }

  public Path certificate() throws IOException, GeneralSecurityException {
    return pem("crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
  }

  public Path key() throws IOException, GeneralSecurityException {
    Key key = store.getKey(name, PASSWORD);
    return pem("key", "PRIVATE KEY", key.getEncoded());
  }

  public TlsFiles files() throws IOException, GeneralSecurityException {
    return new TlsFiles(certificate(), key(), Optional.empty());
  }

  public Certificate shown() throws GeneralSecurityException {
    return store.getCertificate(name);
  }

  /**
   * Of a client that trusts this certificate alone.
   *
   * @param own what it shows
   */
  public SSLContext trusting(Optional<PemFiles> own) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("other", shown());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own.map(files -> files.store).orElse(null), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.isPresent() ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
    return context;
  }

  private Path pem(String ending, String type, byte[] content) throws IOException {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return Files.writeString(
        folder.resolve(name + "." + ending),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type));
  }
}

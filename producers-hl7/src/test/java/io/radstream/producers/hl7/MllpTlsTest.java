package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.access.KeyStoreFile;
import io.radstream.producers.access.Secret;
import io.radstream.producers.access.Tls;
import io.radstream.producers.hl7.mllp.MllpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MllpTlsTest {

  private static final String PASSWORD = "only in this test";

  @TempDir Path folder;

  @Test
  void shouldTakeMessagesOverTlsFromThoseWhoMaySend() throws Exception {
    Path ours = keys("ours");
    Path senders = keys("senders");
    Tls tls = Tls.listening(store(ours), Optional.of(store(senders)));
    try (Listening listening = Listening.with(RecordingSink.atOnce(), settings(tls))) {
      String answer;
      try (MllpClient known = connect(listening, ours, Optional.of(senders))) {
        known.send(Messages.simple("C1"));
        answer = known.answer();
      }

      assertThat(answer).contains("MSA|AA|C1");
      assertThatThrownBy(
              () -> {
                try (MllpClient unknown = connect(listening, ours, Optional.empty())) {
                  unknown.send(Messages.simple("C2"));
                  unknown.answer();
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(listening.counts().accepted()).isEqualTo(1);
    }
  }

  private static MllpSettings settings(Tls tls) {
    return new MllpSettings(
        "127.0.0.1",
        0,
        Optional.of(tls),
        1 << 20,
        1 << 20,
        8,
        8,
        Duration.ZERO,
        Duration.ofSeconds(30));
  }

  private static MllpClient connect(Listening listening, Path server, Optional<Path> own)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(server));
    KeyManager[] keys = {};
    if (own.isPresent()) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(load(own.get()), PASSWORD.toCharArray());
      keys = factory.getKeyManagers();
    }
    context.init(keys, trust.getTrustManagers(), null);
    return new MllpClient(
        context
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), listening.port()));
  }

  private static KeyStoreFile store(Path file) {
    return new KeyStoreFile(file, Optional.of(new Secret.Given(PASSWORD)));
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyStore withCertificate = keys;
    // As a key store it is trusted by its own certificate.
    withCertificate.setCertificateEntry("trusted", keys.getCertificate("key"));
    return withCertificate;
  }

  private Path keys(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Path log = folder.resolve(name + ".log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "key",
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(() -> read(log)).isZero();
    return file;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

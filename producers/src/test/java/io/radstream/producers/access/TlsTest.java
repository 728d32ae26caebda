package io.radstream.producers.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final String PASSWORD = "only in this test";
  private static final Optional<Secret> RIGHT = Optional.of(new Secret.Given(PASSWORD));

  @TempDir private static Path folder;

  private static Path keys;
  private static Path certificates;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = folder.resolve("keys.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "gate",
            "-keyalg",
            "EC",
            "-validity",
            "90",
            "-dname",
            "CN=gate",
            "-storetype",
            "PKCS12",
            "-keystore",
            keys.toString(),
            "-storepass",
            PASSWORD);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore trusted = KeyStore.getInstance("JKS");
    trusted.load(null, null);
    KeyStore own = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    trusted.setCertificateEntry("gate", own.getCertificate("gate"));
    certificates = folder.resolve("certificates.jks");
    try (OutputStream out = Files.newOutputStream(certificates)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  private static KeyStoreFile file(Path path) {
    return new KeyStoreFile(path, RIGHT);
  }

  @Test
  void shouldReadKeysOfPkcs12AndCertificatesOfJks() throws IOException {
    Tls tls = Tls.listening(file(keys), Optional.of(file(certificates)));

    assertThat(tls.keys()).isPresent();
    assertThat(tls.trusted()).isPresent();
    assertThat(tls.warnings(Instant.now())).isEmpty();
  }

  @Test
  void shouldSayThatThePasswordIsWrong() {
    KeyStoreFile wrong = new KeyStoreFile(keys, Optional.of(new Secret.Given("guessed")));

    assertThatThrownBy(() -> Tls.listening(wrong, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the password does not open")
        .hasMessageContaining("keys.p12")
        .hasMessageNotContaining("guessed");
  }

  @Test
  void shouldSayThatAPasswordIsNeeded() {
    KeyStoreFile without = new KeyStoreFile(keys, Optional.empty());

    assertThatThrownBy(() -> Tls.listening(without, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("password");
  }

  @Test
  void shouldSayThatThereIsNoSuchFile() {
    KeyStoreFile missing = file(folder.resolve("missing.p12"));

    assertThatThrownBy(() -> Tls.listening(missing, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("missing.p12: there is no such file");
  }

  @Test
  void shouldSayThatThereIsNoKey() {
    assertThatThrownBy(() -> Tls.listening(file(certificates), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("certificates.jks holds no private key");
  }

  @Test
  void shouldSayThatItIsNoKeyStore() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "nothing of the kind");

    assertThatThrownBy(() -> Tls.connecting(Optional.empty(), Optional.of(file(other))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no key store");
  }

  @Test
  void shouldWarnOfACertificateThatEndsOrHasEnded() throws IOException {
    Tls tls = Tls.connecting(Optional.of(file(keys)), Optional.empty());
    Instant now = Instant.now();

    assertThat(tls.warnings(now.plus(Duration.ofDays(75))))
        .singleElement()
        .asString()
        .startsWith("certificate 'gate'")
        .contains("ends on 20");
    assertThat(tls.warnings(now.plus(Duration.ofDays(100))))
        .singleElement()
        .asString()
        .contains("ended on 20");
    assertThat(tls.warnings(now.minus(Duration.ofDays(2))))
        .singleElement()
        .asString()
        .contains("does not hold before");
  }
}

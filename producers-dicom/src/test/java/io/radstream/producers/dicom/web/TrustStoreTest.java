package io.radstream.producers.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.access.KeyStoreFile;
import io.radstream.producers.access.Secret;
import io.radstream.producers.access.Tls;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrustStoreTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path directory;

  private final TestObject object = TestObject.of(1, 1);

  @BeforeAll
  static void makeCertificate() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", directory.resolve("archive.pem").toString());
  }

  @Test
  void shouldSpeakTlsWithAnArchiveThatATrustStoreNames() throws Exception {
    try (TestArchive archive = archive();
        TestSink sink = new TestSink()) {
      archive.put(object);

      TestSettings.of(archive)
          .trusting(trusting(directory.resolve("archive.pem"), Optional.empty()))
          .run(sink);

      assertThat(sink.views()).containsExactly(object.instance());
    }
  }

  @Test
  void shouldTakeAKeyStoreToo() throws Exception {
    try (TestArchive archive = archive();
        TestSink sink = new TestSink()) {
      archive.put(object);

      TestSettings.of(archive)
          .trusting(
              trusting(directory.resolve("archive.p12"), Optional.of(new Secret.Given(PASSWORD))))
          .run(sink);

      assertThat(sink.views()).containsExactly(object.instance());
    }
  }

  @Test
  void shouldNotSpeakToAnArchiveThatNobodyVouchesFor() throws Exception {
    try (TestArchive archive = archive();
        TestSink sink = new TestSink()) {
      assertThatThrownBy(() -> TestSettings.of(archive).run(sink))
          .hasMessageContaining("a trust store may be needed");
    }
  }

  private static SSLContext trusting(Path file, Optional<Secret> password) throws IOException {
    return Tls.connecting(Optional.empty(), Optional.of(new KeyStoreFile(file, password)))
        .context();
  }

  private static TestArchive archive() throws Exception {
    PfxOptions key =
        new PfxOptions().setPath(directory.resolve("archive.p12").toString()).setPassword(PASSWORD);
    return new TestArchive(new HttpServerOptions().setSsl(true).setKeyCertOptions(key));
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "archive", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", directory.resolve("archive.p12").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}

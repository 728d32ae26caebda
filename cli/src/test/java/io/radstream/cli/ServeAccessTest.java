package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What {@code serve} refuses before it serves, and the keys that it asks for. */
class ServeAccessTest {

  @TempDir private Path folder;

  private static Invocation serve(String options) {
    List<String> words =
        new ArrayList<>(List.of("serve", "--bootstrap=unused:1", "--registry=http://unused:1"));
    words.addAll(List.of(options.split(" ", -1)));
    return Invocation.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host=0.0.0.0 | --tls-certificate",
        "--host=0.0.0.0 | --api-keys",
        "--host=0.0.0.0 | --insecure",
        "--host=10.0.0.1 --api-keys=keys.yaml | TLS (--tls-certificate, --tls-key)",
        "--host=:: --tls-certificate=a --tls-key=b | to know who asks",
        "--tls-certificate=a | both of them",
        "--tls-key=a | both of them",
        "--tls-client-ca=a | both of them",
        "--jwks=keys.json | --jwt-issuer and --jwt-audience",
        "--jwks=keys.json --jwt-issuer=a | --jwt-issuer and --jwt-audience",
        "--jwks=http://issuer.example/keys --jwt-issuer=a --jwt-audience=b | over https",
        "--jwt-issuer=a | --jwks is needed",
        "--public-host=http://a | without scheme and port",
        "--cors-origin=a.example | an origin is scheme, host and port",
        "--cors-origin=https://a.example/path | an origin is scheme, host and port",
        "--rate=-1 | requests per second",
        "--rate=NaN | requests per second",
      })
  void shouldSayWhatToGiveWhereTheDoorsDoNotClose(String options, String said) {
    Invocation invocation = serve(options);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(said);
  }

  @Test
  void shouldNotLetOthersIntoADemoUnlessThatIsSaid() {
    Invocation invocation =
        Invocation.of("demo", "--host=0.0.0.0", "--data-dir=" + folder.resolve("data"));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--insecure");
  }

  @Test
  void shouldMakeKeysAndShowEachOnce() throws IOException {
    Path file = folder.resolve("keys.yaml");

    Invocation first = key(file, "--name=viewer", "--role=score", "--role=read");
    Invocation second = key(file, "--name=prometheus", "--role=read");

    assertThat(first.exitCode()).describedAs(first.err()).isEqualTo(Radstream.DONE);
    assertThat(first.out()).matches("rsk_[A-Za-z0-9_-]{43}\\R");
    assertThat(second.out()).isNotEqualTo(first.out());
    assertThat(Files.readString(file))
        .contains("name: \"viewer\"", "roles: [score, read]", "name: \"prometheus\"")
        .doesNotContain(first.out().strip(), second.out().strip());
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "files have no permissions here");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldSayWhyAKeyIsNotMade() throws IOException {
    Path file = folder.resolve("keys.yaml");
    key(file, "--name=viewer", "--role=score");
    Path other = Files.writeString(folder.resolve("other.yaml"), "a: b");

    assertThat(key(file, "--name=viewer", "--role=read").err()).contains("a key named viewer");
    assertThat(key(file, "--name=b", "--role=admin").err())
        .contains("score, reports, worklist, label, read, operate");
    assertThat(key(file, "--name=a b", "--role=read").err()).contains("--name: ");
    assertThat(key(other, "--name=b", "--role=read").err()).contains("is no file of keys");
    assertThat(key(folder.resolve("none").resolve("k"), "--name=b", "--role=read").exitCode())
        .isEqualTo(Radstream.WRONG_USAGE);
  }

  private static Invocation key(Path file, String... options) {
    List<String> words = new ArrayList<>(List.of("key", "api", file.toString()));
    words.addAll(List.of(options));
    return Invocation.of(words.toArray(String[]::new));
  }

  @Test
  void shouldAppendTheAuditToAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("audit 100%i.log"), "before\n");

    try (AuditFile audit = new AuditFile(file)) {
      assertThat(audit).isNotNull();
      LoggerFactory.getLogger("radstream.audit").info("{\"who\":\"ä\"}");
    }
    LoggerFactory.getLogger("radstream.audit").info("after");

    assertThat(Files.readString(file))
        .isEqualTo("before\n{\"who\":\"ä\"}" + System.lineSeparator());
  }
}

package io.radstream.serving.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.serving.access.UnusableAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptKeyTest {

  /** RFC 8410, sections 10.3 and 10.1. */
  private static final String SECRET_PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String PUBLIC_PEM =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("key"), text);
  }

  @Test
  void shouldFindThePublicHalfOfASecretOne() throws IOException {
    Path file = file(SECRET_PEM);

    ReceiptKey key = ReceiptKey.read(file);

    assertThat(key.publicKey().pem()).isEqualTo(PUBLIC_PEM);
    assertThat(key.pem()).isEqualTo(SECRET_PEM);
  }

  @Test
  void shouldReadWhatItHasWritten() throws IOException {
    ReceiptKey made = ReceiptKey.generate();
    Path publicFile = Files.writeString(folder.resolve("key.pub"), made.publicKey().pem());

    ReceiptKey read = ReceiptKey.read(file(made.pem()));

    assertThat(read.publicKey()).isEqualTo(made.publicKey());
    assertThat(ReceiptPublicKey.read(publicFile)).isEqualTo(made.publicKey());
    assertThat(ReceiptKey.generate().publicKey()).isNotEqualTo(made.publicKey());
  }

  @Test
  void shouldWriteThePublicHalfAsJsonWebKey() throws IOException {
    // RFC 8037, appendix A.2: of the first key of RFC 8032.
    Path file =
        file(
            """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----
            """);

    ReceiptPublicKey key = ReceiptPublicKey.read(file);

    assertThat(key.jwk())
        .containsEntry("kty", "OKP")
        .containsEntry("crv", "Ed25519")
        .containsEntry("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        .containsEntry("kid", key.id());
    assertThat(key.id()).matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "-----BEGIN PRIVATE KEY-----\nsecret!\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nc2VjcmV0\n-----END PUBLIC KEY-----",
      })
  void shouldRefuseWhatIsNoKey(String text) throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> ReceiptKey.read(file))
        .isInstanceOf(UnusableAccessException.class)
        .hasMessageContaining("'radstream key receipt' makes one")
        .hasMessageNotContainingAny("secret!", "c2VjcmV0");
    assertThatThrownBy(() -> ReceiptPublicKey.read(file))
        .isInstanceOf(UnusableAccessException.class);
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    Path file = folder.resolve("none");

    assertThatThrownBy(() -> ReceiptKey.read(file))
        .isInstanceOf(UnusableAccessException.class)
        .hasMessageContaining("no such file");
  }
}

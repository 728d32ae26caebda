package io.radstream.serving.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessConfigTest {

  private static final AccessConfig OPEN = AccessConfig.open();
  private static final TlsFiles TLS =
      new TlsFiles(Path.of("tls.crt"), Path.of("tls.key"), Optional.empty());
  private static final Identification KEYS =
      new Identification(Optional.of(Path.of("keys.yaml")), Optional.empty(), false);

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"})
  void shouldBeOpenOnLoopback(String host) {
    assertThatCode(() -> OPEN.requireSafe(host)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "a.example", "127.a.example", ""})
  void shouldNotBeOpenToOthers(String host) {
    assertThatThrownBy(() -> OPEN.requireSafe(host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--tls-certificate")
        .hasMessageContaining("--api-keys")
        .hasMessageContaining("--insecure");
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThatThrownBy(() -> OPEN.withTls(TLS).requireSafe("0.0.0.0"))
        .hasMessageContaining("--api-keys")
        .hasMessageNotContaining("--tls-certificate");
    assertThatThrownBy(() -> OPEN.withIdentification(KEYS).requireSafe("0.0.0.0"))
        .hasMessageContaining("--tls-certificate")
        .hasMessageNotContaining("--api-keys");
  }

  @Test
  void shouldLetOthersInByBothOrWhereThatIsSaid() {
    assertThatCode(() -> OPEN.withTls(TLS).withIdentification(KEYS).requireSafe("0.0.0.0"))
        .doesNotThrowAnyException();
    assertThatCode(() -> OPEN.withInsecure(true).requireSafe("0.0.0.0")).doesNotThrowAnyException();
  }
}

package io.radstream.deidentification.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DerivedKeyTest {

  /** RFC 5869, A.2: the key there has letters alone, if odd ones. */
  @Test
  void shouldDeriveWhatTheStandardDoes() {
    SiteKey key = SiteKey.of(new String(range(0x00, 80), StandardCharsets.US_ASCII));

    byte[] derived = key.derive(range(0x60, 80), range(0xB0, 80), 82);

    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void shouldDeriveOtherKeysForOtherThings() {
    SiteKey key = SiteKey.of("a site's key of enough bytes");

    byte[] one = key.derive(new byte[0], new byte[] {1}, 32);

    assertThat(one).isNotEqualTo(key.derive(new byte[0], new byte[] {2}, 32));
    assertThat(one).isNotEqualTo(key.derive(new byte[] {1}, new byte[] {1}, 32));
  }

  @Test
  void shouldRefuseLengthsThatThereAreNot() {
    SiteKey key = SiteKey.of("a site's key of enough bytes");

    assertThatThrownBy(() -> key.derive(new byte[0], new byte[0], 8161))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] range(int first, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }
}

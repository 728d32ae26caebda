package io.radstream.radiology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  /** The example "abc" of FIPS 180-4. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;

  @Test
  void shouldGiveTheSumOfTheStandardWhateverHoldsTheContent() throws Exception {
    byte[] bytes = "abc".getBytes(StandardCharsets.US_ASCII);

    assertThat(Sha256.of("abc")).isEqualTo(ABC);
    assertThat(Sha256.of(bytes)).isEqualTo(ABC);
    assertThat(Sha256.of(Files.write(directory.resolve("file"), bytes))).isEqualTo(ABC);
  }

  @Test
  void shouldLeaveABufferAsItIs() {
    ByteBuffer buffer = ByteBuffer.wrap("xabcx".getBytes(StandardCharsets.US_ASCII), 1, 3);

    assertThat(Sha256.of(buffer)).isEqualTo(ABC);
    assertThat(buffer.position()).isEqualTo(1);
  }
}

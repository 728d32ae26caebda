package io.radstream.cli.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {

  @TempDir private Path directory;

  @Test
  void shouldTellTheEndOfTheLogWhereItDoesNotComeUp() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken-runner.jar"), "not a jar");

    try (EmbeddedRegistry registry =
        EmbeddedRegistry.launch(broken, directory, ClusterSettings.ANY_PORT)) {
      assertThatThrownBy(registry::awaitReady)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("exit code 1")
          .hasMessageContaining("corrupt jarfile");
      assertThatThrownBy(registry::requireAlive)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("exit code 1")
          .hasMessageContaining("corrupt jarfile");
    }
  }

  @Test
  void shouldSayThatTheDistributionHasNoRegistry() {
    Distribution empty = new Distribution(directory);

    assertThatThrownBy(empty::registryJar)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mvn package");
  }
}

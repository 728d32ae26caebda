package io.radstream.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingTest {

  @TempDir private Path folder;
  private final List<String> taken = new ArrayList<>();
  private boolean refuses;

  private void take(String value) {
    if (refuses) {
      throw new IllegalStateException("the server does not take it now");
    }
    taken.add(value);
  }

  @Test
  void shouldOfferAgainWhatCouldNotBeTaken() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "first");
    Reloading<String> reloading =
        Reloading.of(
            "a file",
            List.of(new Source.InFile(file)),
            contents -> new String(contents.get(0), StandardCharsets.UTF_8),
            this::take);
    Files.writeString(file, "second");
    refuses = true;
    reloading.poll();
    assertThat(reloading.current()).isEqualTo("first");
    refuses = false;

    reloading.poll();

    assertThat(reloading.current()).isEqualTo("second");
    assertThat(taken).containsExactly("second");
  }
}

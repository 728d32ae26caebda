package io.radstream.producers.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.keys.SiteKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledNotingTest {

  private static final String KEY = "a site's key of enough bytes";
  private static final int KILLS = 3;

  @Test
  void shouldKnowAllThatWasNotedWhenItsWriterWasKilled(@TempDir Path folder) throws Exception {
    List<String> noted = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      noted.addAll(notedUntilKilled(folder, kill));
    }

    try (CrosswalkReader reader = CrosswalkReader.open(folder, SiteKey.of(KEY))) {
      for (String id : noted) {
        assertThat(reader.find(id)).as(id).isInstanceOf(Lookup.Known.class);
      }
      assertThat(reader.damages()).isEmpty();
    }
  }

  private static List<String> notedUntilKilled(Path folder, int kill)
      throws IOException, InterruptedException {
    List<String> noted = new ArrayList<>();
    Process process = NotingProcess.start(folder, KEY, "life" + kill + "-");
    try (BufferedReader said = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < 50 + kill; i++) {
        noted.add(said.readLine());
      }
      // Not by the process itself, which would close what is still to be read.
      ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
      // A line that was cut off has no end, and tells of nothing.
      StringBuilder rest = new StringBuilder();
      for (int each = said.read(); each >= 0; each = said.read()) {
        rest.append((char) each);
      }
      String lines = rest.substring(0, rest.lastIndexOf("\n") + 1);
      lines.lines().forEach(noted::add);
    }
    process.waitFor();
    return noted;
  }
}

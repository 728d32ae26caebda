package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedChromium.class)
class SilentChromiumTest {

  @Test
  void shouldStartAnotherBrowserWhereOneNoLongerAnswers() throws Exception {
    Path program = Chromium.installed().orElseThrow();
    try (Chromium chromium = new Chromium(program, Duration.ofSeconds(5))) {
      chromium.open("about:blank", 100, 100);
      long silent = chromium.pid();
      new ProcessBuilder("kill", "-STOP", Long.toString(silent)).start().waitFor();

      chromium.closeTabs();

      assertThat(ProcessHandle.of(silent)).isEmpty();
      assertThat(chromium.open("about:blank", 100, 100).problems()).isEmpty();
    }
  }
}

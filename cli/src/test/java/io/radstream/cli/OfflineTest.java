package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfflineTest {

  @Test
  void shouldReachForNothingOutsideWhenTheEngineLoads() throws Exception {
    assertThat(addressesAskedFor("as-radstream")).isEmpty();
  }

  @Test
  void shouldSeeTheEngineReachOutsideWhereNobodyForbidsIt() throws Exception {
    assertThat(addressesAskedFor("as-it-comes")).isNotEmpty();
  }

  private static List<String> addressesAskedFor(String how) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(CommandProcess.SHORT_LIVED);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(OutsideConnections.class.getName(), how));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("OPT_OUT_TRACKING");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code").isZero();
    return out.lines().toList();
  }
}

package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed, in a real bash. */
class CompletionCommandTest {

  @TempDir private Path directory;
  private Path script;

  @BeforeEach
  void print() throws IOException {
    Invocation invocation = Invocation.of("completion");
    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    script = Files.writeString(directory.resolve("radstream"), invocation.out());
  }

  @Test
  void shouldBeForTheCommandAsTheShellFindsIt() throws Exception {
    List<String> registered = bash("complete -p radstream");

    assertThat(registered)
        .singleElement()
        .asString()
        .startsWith("complete ")
        .endsWith(" radstream");
  }

  @Test
  void shouldOfferEveryCommand() throws Exception {
    List<String> offered = bash(completing("''"));

    assertThat(offered).containsAll(Radstream.commandLine().getSubcommands().keySet());
  }

  @Test
  void shouldCompleteCommandsBelowACommand() throws Exception {
    List<String> offered = bash(completing("topics cr"));

    assertThat(offered).containsExactly("create");
  }

  @Test
  void shouldCompleteOptionsOfTheCommandAlone() throws Exception {
    List<String> offered = bash(completing("topics create --part"));

    assertThat(offered).containsExactly("--partitions");
  }

  /** The function that is registered, called as bash calls it at the end of these words. */
  private static String completing(String words) {
    return """
        COMP_WORDS=(radstream %s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        read -ra registered <<<"$(complete -p radstream)"
        for ((i = 0; i < ${#registered[@]}; i++)); do
          [ "${registered[i]}" != -F ] || "${registered[i + 1]}"
        done
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
        .formatted(words);
  }

  private List<String> bash(String commands) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", "source '" + script + "' || exit 1\n" + commands)
            // That nothing is being completed, says compopt.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).describedAs(said).isZero();
    return said.lines().map(String::strip).toList();
  }
}

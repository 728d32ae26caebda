package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GitHub's workflows name what there is, and nothing that changes under them. */
class WorkflowFilesTest {

  private static final Pattern SCRIPT =
      Pattern.compile("(?m)^ *((?:\\.ci|cli/distribution|docs/site)/[a-z/]+)");

  static Stream<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(ProjectFiles.path(".github/workflows"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldPinEveryActionByItsFullVersion(Path workflow) throws IOException {
    List<String> actions = steps(workflow, "uses");

    assertThat(actions)
        .isNotEmpty()
        .allMatch(action -> action.matches("[\\w-]+/[\\w-]+@v\\d+\\.\\d+\\.\\d+"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldRunScriptsThatExist(Path workflow) throws IOException {
    List<String> scripts =
        steps(workflow, "run").stream()
            .flatMap(run -> SCRIPT.matcher(run).results())
            .map(script -> script.group(1))
            .toList();

    assertThat(scripts)
        .isNotEmpty()
        .allSatisfy(script -> assertThat(ProjectFiles.path(script)).isExecutable());
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldEndWithinATimeAndMayOnlyWhatItSays(Path workflow) throws IOException {
    JsonNode read = read(workflow);

    assertThat(read.path("permissions").isObject()).isTrue();
    assertThat(read.path("jobs"))
        .isNotEmpty()
        .allMatch(job -> job.path("timeout-minutes").asInt() > 0);
  }

  @Test
  void shouldTestOnTheOldestJavaThatIsPromisedAndTheNextLongOnes() throws IOException {
    JsonNode versions =
        read(ProjectFiles.path(".github/workflows/build.yml"))
            .at("/jobs/verify/strategy/matrix/java");

    assertThat(versions)
        .map(JsonNode::asText)
        .containsExactly(ProjectFiles.pomValue("maven.compiler.release"), "21", "25");
  }

  private static List<String> steps(Path workflow, String key) throws IOException {
    return read(workflow).path("jobs").findValues(key).stream().map(JsonNode::asText).toList();
  }

  private static JsonNode read(Path workflow) throws IOException {
    return new YAMLMapper().readTree(workflow.toFile());
  }
}

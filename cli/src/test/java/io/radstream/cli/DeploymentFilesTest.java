package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dockerfiles and compose.yaml call the command as it is. */
class DeploymentFilesTest {

  private static final String JAR = "/opt/radstream/lib/radstream.jar";

  static Stream<Dockerfile> dockerfiles() throws IOException {
    return ProjectFiles.dockerfiles().stream().map(Dockerfile::read);
  }

  static Stream<Map.Entry<String, JsonNode>> ownServices() throws IOException {
    return ComposeFile.read().ownServices();
  }

  @ParameterizedTest
  @MethodSource("ownServices")
  void shouldStartServicesWithCommandLinesThatTheCommandTakes(Map.Entry<String, JsonNode> service) {
    List<String> arguments = words(service.getValue().path("command"));

    assertThat(arguments).isNotEmpty();
    assertThatCode(() -> parse(arguments)).doesNotThrowAnyException();
  }

  @Test
  void shouldBuildEachImageFromItsRolesDockerfile() throws IOException {
    Stream<Map.Entry<String, JsonNode>> services = ownServices();

    assertThat(services)
        .isNotEmpty()
        .allSatisfy(
            service -> {
              String file = service.getValue().at("/build/dockerfile").asText();
              String role = file.replaceAll("docker/|\\.Dockerfile", "");
              assertThat(ProjectFiles.path(file)).exists();
              assertThat(service.getValue().path("image").asText())
                  .isEqualTo("radstream/" + role + ":" + ProjectFiles.pomValue("version"));
            });
  }

  @Test
  void shouldUseTheVersionsOfThePom() throws IOException {
    Properties variables = ComposeFile.variables();

    assertThat(variables)
        .containsEntry("KAFKA_VERSION", ProjectFiles.pomValue("kafka.version"))
        .containsEntry("APICURIO_VERSION", ProjectFiles.pomValue("apicurio.version"))
        .containsEntry("RADSTREAM_VERSION", ProjectFiles.pomValue("version"));
  }

  /** What the C library is told makes a fifth of a step, and decides how slow a busy service is. */
  @Test
  void shouldTellTheAllocatorOfNetworksWhatTheLauncherTellsIt() {
    List<String> told = exported("");

    assertThat(told).hasSize(5);
    assertThat(
            List.of(
                "docker/trainer.Dockerfile",
                "docker/trainer-cuda.Dockerfile",
                "docker/serving.Dockerfile"))
        .allSatisfy(file -> assertThat(ProjectFiles.read(ProjectFiles.path(file))).contains(told));
  }

  @Test
  void shouldLoadJemallocForAServiceAsTheLauncherDoes() {
    List<String> told = exported(" +");

    assertThat(told).hasSize(2);
    assertThat(ProjectFiles.read(ProjectFiles.path("docker/serving.Dockerfile")))
        .contains("install --yes --no-install-recommends libjemalloc2")
        .contains(told);
  }

  /** What the launcher has for the memory of networks. */
  private static List<String> exported(String indent) {
    return Pattern.compile(
            "^" + indent + "export ((?:MALLOC|GLIBC|LD)_\\w+)=\"\\$\\{\\w+-(.*)}\"$",
            Pattern.MULTILINE)
        .matcher(ProjectFiles.read(ProjectFiles.path("radstream")))
        .results()
        .map(setting -> setting.group(1) + "=" + setting.group(2))
        .toList();
  }

  @Test
  void shouldSendEveryModuleToTheEngine() {
    Stream<String> sent = ProjectFiles.read(ProjectFiles.path(".dockerignore")).lines();

    assertThat(sent).containsAll(ProjectFiles.modules().stream().map("!"::concat).toList());
  }

  @Test
  void shouldOnlyReferToServicesAndVolumesThatExist() throws IOException {
    ComposeFile compose = ComposeFile.read();

    Stream<Map.Entry<String, JsonNode>> services = compose.services();

    assertThat(services)
        .allSatisfy(
            service -> {
              assertThat(service.getValue().path("depends_on").fieldNames())
                  .toIterable()
                  .allMatch(name -> compose.root().path("services").has(name));
              assertThat(words(service.getValue().path("volumes")))
                  .map(volume -> volume.split(":", 2)[0])
                  .allMatch(
                      name ->
                          name.startsWith("./")
                              ? Files.isRegularFile(ProjectFiles.path("docker/" + name))
                              : compose.root().path("volumes").has(name));
            });
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void shouldRunTheCommandItselfAndNotAsRoot(Dockerfile file) {
    List<String> entrypoint = file.entrypoint();

    assertThat(entrypoint).startsWith("java").endsWith("-jar", JAR);
    assertThat(file.user()).matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(Radstream.commandLine().getSubcommands()).containsKeys(file.command().get(0));
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void shouldCheckHealth(Dockerfile file) {
    List<String> check = file.healthCheck();

    assertThat(check).isNotEmpty();
    int jar = check.indexOf(JAR);
    if (jar >= 0) {
      List<String> arguments = check.subList(jar + 1, check.size());
      assertThatCode(() -> parse(arguments)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void shouldPinBaseImagesAndShareOneBuild(Dockerfile file) throws IOException {
    List<String> build = file.buildStage();

    assertThat(file.bases()).allMatch(base -> base.matches("[a-z/-]+:\\d[\\w.-]*"));
    assertThat(dockerfiles()).allMatch(other -> other.buildStage().equals(build));
  }

  @Test
  void shouldBringTheCudaEngineThatTheNativeLibraryIsMadeFor() throws IOException {
    Dockerfile file = Dockerfile.read(ProjectFiles.path("docker/trainer-cuda.Dockerfile"));

    String version = file.environment("PYTORCH_VERSION").orElseThrow();
    String flavor = file.environment("PYTORCH_FLAVOR").orElseThrow();
    String workspace = file.environment("CUBLAS_WORKSPACE_CONFIG").orElseThrow();

    assertThat(version).isEqualTo(ProjectFiles.pomValue("pytorch.version"));
    assertThat(ProjectFiles.read(ProjectFiles.path("radstream")))
        .contains("${CUBLAS_WORKSPACE_CONFIG-" + workspace + "}");
    assertThat(file.bases()).anyMatch(base -> base.startsWith("nvidia/cuda:12."));
    assertThat(file.arguments("RUN")).anyMatch(run -> run.contains("-Pcuda"));
    assertThat(ProjectFiles.read(ProjectFiles.path("docs/operations.md")))
        .contains("PYTORCH_VERSION=" + version, "PYTORCH_FLAVOR=" + flavor);
    assertThat(getClass().getResource("/jnilib/linux-x86_64/" + flavor + "/libdjl_torch.so"))
        .isNotNull();
  }

  private static void parse(List<String> arguments) {
    Radstream.commandLine().parseArgs(arguments.toArray(String[]::new));
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }
}

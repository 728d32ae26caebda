package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher in a checkout of no content, with a Maven and a Java that tell what they are for.
 */
class LauncherTest {

  private static final String JAR = "cli/target/radstream/lib/radstream.jar";

  @TempDir private Path directory;
  private Path checkout;
  private Path builds;

  @BeforeEach
  void checkOut() throws IOException {
    checkout = Files.createDirectories(directory.resolve("check out"));
    builds = directory.resolve("builds");
    Files.createDirectories(checkout.resolve("cli/src/main"));
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.writeString(checkout.resolve("cli/pom.xml"), "");
    Files.copy(ProjectFiles.path("radstream"), checkout.resolve("radstream"));
    program(
        "mvn",
        """
        [ "$1" != -v ] || { echo "Apache Maven 3.9.9"; exit 0; }
        echo built >>"%s"
        mkdir -p cli/target/radstream/lib && touch %s
        """
            .formatted(builds, JAR));
    program(
        "java",
        """
        [ "$1" != -version ] || { echo 'openjdk version "'"${PRETENDED-17.0.1}"'"' >&2; exit 0; }
        echo "$LC_ALL $*"
        echo "preloaded: ${LD_PRELOAD-none}"
        echo "torch: ${PYTORCH_LIBRARY_PATH-none} ${PYTORCH_VERSION-none} ${PYTORCH_FLAVOR-none}"
        echo "libraries: ${LD_LIBRARY_PATH-none}"
        """);
    program("javac", "");
  }

  @Test
  void shouldBuildOnceWhereTwoStartAtOnce() throws Exception {
    Process one = launch("topics");
    Process other = launch("topics");

    List<Integer> codes = List.of(one.waitFor(), other.waitFor());

    assertThat(codes).containsExactly(0, 0);
    assertThat(said(one)).contains("-jar", "topics");
    assertThat(said(other)).contains("-jar", "topics");
    assertThat(builds).hasContent("built");
  }

  @Test
  void shouldBuildAgainForACommandAloneWhenSourcesHaveChanged() throws Exception {
    launch("topics").waitFor();
    Files.setLastModifiedTime(
        checkout.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));

    Process help = launch("train", "--help");
    Process unbuilt = launch("--no-build", "train");

    assertThat(List.of(help.waitFor(), unbuilt.waitFor())).containsExactly(0, 0);
    assertThat(said(unbuilt)).contains(" train").doesNotContain("--no-build");
    assertThat(builds).hasContent("built");
    assertThat(launch("train").waitFor()).isZero();
    assertThat(builds).hasContent("built\nbuilt");
  }

  @Test
  void shouldSayWhatToDoWhereNothingWasBuilt() throws Exception {
    Process process = launch("--no-build", "train");

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said(process)).contains("without --no-build");
    assertThat(builds).doesNotExist();
  }

  @Test
  void shouldBuildNothingOutsideOfACheckout() throws Exception {
    Files.delete(checkout.resolve("pom.xml"));

    Process process = launch("train");

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said(process)).contains("nor its sources");
    assertThat(builds).doesNotExist();
  }

  @Test
  void shouldNameFilesInEveryLetterWhateverTheLocale() throws Exception {
    Process process = launch("train");

    assertThat(process.waitFor()).isZero();
    assertThat(said(process)).contains("C.UTF-8 -", "-Dfile.encoding=UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"17.0.1, false", "21.0.13, false", "25.0.3, true"})
  void shouldAllowWhatNewerJavasWarnOf(String version, boolean warned) throws Exception {
    String said = said(launch(Map.of("PRETENDED", version), "train"));

    assertThat(said.contains("--enable-native-access=ALL-UNNAMED")).isEqualTo(warned);
    assertThat(said.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(warned);
  }

  @Test
  void shouldLoadPyTorchForAGpuWhereItWasBuiltInAndThereIsADriver() throws Exception {
    Path cuda = buildCudaIn();
    String withoutDriver = said(launch("train"));
    program("nvidia-smi", "");

    String own = said(launch(Map.of("LD_LIBRARY_PATH", "/site"), "train"));
    String brought = said(launch(Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch"), "train"));
    String none = said(launch(Map.of("PYTORCH_LIBRARY_PATH", ""), "train"));

    assertThat(own)
        .contains("torch: " + cuda + "/lib 9.8.7 cu128", "libraries: /site:" + cuda + "/lib:");
    assertThat(brought).contains("torch: /opt/torch none none");
    assertThat(List.of(withoutDriver, none)).allMatch(it -> it.contains("torch: none none none"));
  }

  private Path buildCudaIn() throws IOException {
    Path cuda = checkout.resolve("cli/target/radstream/cuda");
    Files.createFile(Files.createDirectories(cuda.resolve("lib")).resolve("libtorch_cuda.so"));
    Files.writeString(cuda.resolve("build-version"), "9.8.7\n");
    return cuda;
  }

  @Test
  void shouldLoadJemallocToServeWhereItIsInstalled() throws Exception {
    installJemalloc();

    Process process = launch("serve");

    assertThat(process.waitFor()).isZero();
    assertThat(said(process)).contains("preloaded: libjemalloc.so.2");
  }

  /** A step is slower with it. */
  @Test
  void shouldLoadNoJemallocToTrain() throws Exception {
    installJemalloc();

    Process process = launch("train");

    assertThat(process.waitFor()).isZero();
    assertThat(said(process)).contains("preloaded: none");
  }

  @Test
  void shouldLoadNoJemallocWhereAnotherLibraryOrNoneIsToBe() throws Exception {
    installJemalloc();

    Process process = launch(Map.of("LD_PRELOAD", ""), "serve");

    assertThat(process.waitFor()).isZero();
    assertThat(said(process)).contains("preloaded: \n");
  }

  /** The name of the machine leads from the system's libraries to a directory of this test. */
  private void installJemalloc() throws IOException {
    Path libraries = Files.createDirectories(directory.resolve("lib-linux-gnu"));
    Files.writeString(libraries.resolve("libjemalloc.so.2"), "");
    program("uname", "echo '../..%s/lib'".formatted(directory.toRealPath()));
  }

  private Process launch(String... arguments) throws IOException {
    return launch(Map.of(), arguments);
  }

  private Process launch(Map<String, String> environment, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", checkout.resolve("radstream").toString())
            .directory(checkout.toFile())
            .redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("LD_PRELOAD");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(directory.resolve("bin").resolve(name), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}

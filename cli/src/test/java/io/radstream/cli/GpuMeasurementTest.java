package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code benchmarks/gpu/run} runs nothing on libraries that would corrupt tensors. */
class GpuMeasurementTest {

  private static final int REFUSED = 2;

  @TempDir Path directory;

  private record Ended(int exitCode, String said) {}

  @BeforeEach
  void makeDistribution() throws IOException {
    Path lib = Files.createDirectories(directory.resolve("radstream/lib"));
    String jni =
        "pytorch-jni-%s-%s.jar"
            .formatted(
                ProjectFiles.pomValue("pytorch.version"), ProjectFiles.pomValue("djl.version"));
    Files.createFile(lib.resolve(jni));
  }

  @Test
  void shouldRefuseLibrariesOfAnotherVersion() throws Exception {
    Path libraries = libraries("version.py", "__version__ = '2.11.0+cu130'\n");

    Ended ended = run("--libtorch", libraries.toString());

    assertThat(ended.exitCode()).isEqualTo(REFUSED);
    assertThat(ended.said())
        .contains("is PyTorch 2.11.0+cu130; exactly " + ProjectFiles.pomValue("pytorch.version"));
  }

  @Test
  void shouldRefuseLibrariesWithoutCuda() throws Exception {
    Path libraries =
        libraries("build-version", ProjectFiles.pomValue("pytorch.version") + "+cpu\n");

    Ended ended = run("--libtorch", libraries.toString());

    assertThat(ended.exitCode()).isEqualTo(REFUSED);
    assertThat(ended.said()).contains("libtorch_cuda.so is missing");
  }

  @Test
  void shouldRefuseLibrariesWhoseVersionItCannotTell() throws Exception {
    Ended ended = run("--libtorch", directory.toString());

    assertThat(ended.exitCode()).isEqualTo(REFUSED);
    assertThat(ended.said()).contains("neither ../version.py nor ../build-version");
  }

  @ParameterizedTest
  @CsvSource({"2.10.0, exactly 2.10.0 is needed", "2.11.0, libtorch_cuda.so is missing"})
  void shouldGoByTheVersionOfAJniLibraryOfOnesOwn(String version, String refusal) throws Exception {
    Path libraries = libraries("version.py", "__version__ = '2.11.0+cu130'\n");
    Path made = directory.resolve("jni/pytorch/" + version + "-cu130-linux-x86_64");
    Files.createFile(Files.createDirectories(made).resolve("0.36.0-libdjl_torch.so"));

    Ended ended =
        run("--libtorch", libraries.toString(), "--jni", directory.resolve("jni").toString());

    assertThat(ended.exitCode()).isEqualTo(REFUSED);
    assertThat(ended.said()).contains(refusal);
  }

  @Test
  void shouldTakeTheLibrariesThatAreBuiltIn() throws Exception {
    Path cuda = Files.createDirectories(directory.resolve("radstream/cuda/lib")).getParent();
    Files.writeString(
        cuda.resolve("build-version"), ProjectFiles.pomValue("pytorch.version") + "\n");

    Ended ended = run("--batch", "4");

    assertThat(ended.exitCode()).isEqualTo(REFUSED);
    assertThat(ended.said()).contains("radstream/cuda/lib has no CUDA");
  }

  /** In place of a card, and of what is measured on one: programs that tell figures. */
  @Test
  void shouldTellWhichAimsAreReachedOfAllThatLiesThere() throws Exception {
    assumeTrue(isHere("python3"), "python3 is not here");
    Path libraries =
        libraries("build-version", ProjectFiles.pomValue("pytorch.version") + "+cu128\n");
    Files.createFile(libraries.resolve("libtorch_cuda.so"));
    program("bin/nvidia-smi", "echo 4096");
    program(
        "radstream/radstream",
        """
        case "$*" in
          *CAPTURED*) ms=30 ;;
          *) ms=150 ;;
        esac
        printf '{"seconds_per_step": 0.%03d, "studies_per_second": 1066.7, ' $ms
        printf '"gflops_per_second": 4e5, "utilisation": 0.5, "data_wait": 0.01, '
        printf '"losses": [10.5, 10.1, 9.7]}\\n'
        """);
    Path out = Files.createDirectories(directory.resolve("out"));
    Files.writeString(
        out.resolve("peer-bfloat16-32-compiled.json"),
        "{\"torch\": \"2.7.1\", \"seconds_per_step\": 0.033, \"losses\": [9, NaN]}");

    Ended ended =
        run(
            "--libtorch",
            libraries.toString(),
            "--measure",
            "bfloat16",
            "--batch",
            "32",
            "--programs",
            "explicit,captured",
            "--out",
            out.toString());

    assertThat(ended.exitCode()).describedAs(ended.said()).isZero();
    assertThat(ended.said())
        .containsPattern("bfloat16, 32, explicit: ms a step +150.0")
        .containsPattern("bfloat16, 32, captured: losses +10.500 to 9.700\\n")
        .containsPattern("compiled and captured PyTorch: losses +NO NUMBERS: its time is void")
        .containsPattern("AIM, 32 studies, captured: at most 31 ms a step +30.0 ms, reached")
        .containsPattern("at least 1.2 of the rate of compiled .* +1.10, MISSED: 0.92 of it")
        .containsPattern("300,000 steps in under 2.6 h +2.50 h, reached");
  }

  @Test
  void shouldSayHowItIsCalled() throws Exception {
    Ended ended = run("--help", "");

    assertThat(ended.exitCode()).isEqualTo(REFUSED);
    assertThat(ended.said()).contains("--libtorch DIR");
  }

  private Path libraries(String versionFile, String version) throws IOException {
    Path libraries = Files.createDirectories(directory.resolve("torch/lib"));
    Files.writeString(directory.resolve("torch").resolve(versionFile), version);
    return libraries;
  }

  private static boolean isHere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void program(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProjectFiles.path("benchmarks/gpu/run").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--distribution", directory.resolve("radstream").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .compute("PATH", (name, path) -> directory.resolve("bin") + File.pathSeparator + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }
}

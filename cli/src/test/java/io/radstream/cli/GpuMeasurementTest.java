package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProjectFiles.path("benchmarks/gpu/run").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--distribution", directory.resolve("radstream").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }
}

package io.radstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvrtcPlacesTest {

  @TempDir private Path directory;

  private Path file(String path) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[0]);
  }

  private NvrtcPlaces with(String setting, String path) {
    return new NvrtcPlaces(Map.of(setting, directory.resolve(path).toString())::get);
  }

  @Test
  void shouldFindItAmongThePackagesBesideAPythonInstall() throws IOException {
    file("site-packages/torch/lib/libtorch_cuda.so");
    file("site-packages/nvidia/cu13/lib/libnvrtc-builtins.so.13.0");
    file("site-packages/nvidia/cu13/lib/libnvrtc.alt.so.13");
    Path library = file("site-packages/nvidia/cu13/lib/libnvrtc.so.13");

    assertThat(with("PYTORCH_LIBRARY_PATH", "site-packages/torch/lib").library()).contains(library);
  }

  @Test
  void shouldFindItByItsNameInTheArchive() throws IOException {
    file("libtorch/lib/libnvrtc-builtins.so.12.8");
    Path library = file("libtorch/lib/libnvrtc-b51b459d.so.12");

    assertThat(with("PYTORCH_LIBRARY_PATH", "libtorch/lib").library()).contains(library);
  }

  @Test
  void shouldFindItInAToolkit() throws IOException {
    Path library = file("cuda/lib64/libnvrtc.so.12");

    assertThat(with("CUDA_HOME", "cuda").library()).contains(library);
  }

  @Test
  void shouldTakeTheOneThatIsNamed() throws IOException {
    Path library = file("own/libnvrtc.so.13.0.88");

    assertThat(with("RADSTREAM_NVRTC", "own").library()).contains(library);
    assertThat(with("RADSTREAM_NVRTC", "own/libnvrtc.so.13.0.88").library()).contains(library);
  }

  @Test
  void shouldSayWhereTheOneThatIsNamedIsNot() {
    assertThatThrownBy(() -> with("RADSTREAM_NVRTC", "nowhere").library())
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("RADSTREAM_NVRTC")
        .hasMessageContaining("nowhere");
  }

  @Test
  void shouldLoadWhatTheCompilerLoadsItself() throws IOException {
    Path companion = file("lib/libnvrtc-builtins.so.13.0");

    assertThat(NvrtcPlaces.companion(file("lib/libnvrtc.so.13"))).contains(companion);
  }

  @Test
  void shouldFindNoneWhereNothingIsSet() {
    assertThat(new NvrtcPlaces(name -> null).library()).isEmpty();
  }
}

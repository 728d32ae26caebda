package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibtorchVersionTest {

  private static final String OF_PYTHON =
      """
      from typing import Optional
      __all__ = ['__version__', 'debug']
      __version__ = '2.11.0+cu130'
      debug = False
      """;

  @TempDir private Path torch;
  private Path lib;

  @BeforeEach
  void putLibrary() throws IOException {
    lib = Files.createDirectory(torch.resolve("lib"));
    Files.createFile(lib.resolve(System.mapLibraryName("torch")));
  }

  @Test
  void shouldReadThatOfAPythonInstall() throws IOException {
    Files.writeString(torch.resolve("version.py"), OF_PYTHON);

    assertThatCode(() -> LibtorchVersion.check(lib.toString(), "2.11.0"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldReadThatOfAnArchive() throws IOException {
    Files.writeString(torch.resolve("build-version"), "2.7.1+cu128\n");

    assertThatCode(() -> LibtorchVersion.check(lib.toString(), "2.7.1")).doesNotThrowAnyException();
    assertThatCode(() -> LibtorchVersion.check("/nowhere:" + lib.resolve("libtorch.so"), "2.7.1"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldFollowALink(@TempDir Path elsewhere) throws IOException {
    Files.writeString(torch.resolve("version.py"), OF_PYTHON);
    Path link = Files.createSymbolicLink(elsewhere.resolve("libtorch"), lib);

    assertThatCode(() -> LibtorchVersion.check(link.toString(), "2.11.0"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"2.7.1", "2.11", "2.11.1", "''"})
  void shouldRefuseAnother(String told) throws IOException {
    Files.writeString(torch.resolve("version.py"), OF_PYTHON);

    assertThatThrownBy(() -> LibtorchVersion.check(lib.toString(), told))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("2.11.0", "PYTORCH_VERSION is '" + told + "'");
  }

  @Test
  void shouldRefuseWhatDoesNotTellItsVersion() throws IOException {
    Files.writeString(torch.resolve("version.py"), "debug = False\n");

    assertThatThrownBy(() -> LibtorchVersion.check(lib.toString(), "2.7.1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot tell the version");
  }

  @Test
  void shouldRefuseADirectoryWithoutLibtorch() {
    assertThatThrownBy(() -> LibtorchVersion.check(torch.toString(), "2.7.1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no libtorch in " + torch);
  }
}

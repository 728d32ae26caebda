package io.radstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.kernels.KernelCompiler.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelBinariesTest {

  @TempDir private Path directory;

  /** Preprocesses and does no more, so that what is kept can be told from what is made. */
  private static final class Counting implements KernelCompiler {

    private int compilations;

    @Override
    public String version() {
      return "none 1.0";
    }

    @Override
    public List<Integer> architectures() {
      return List.of(80, 90);
    }

    @Override
    public Compilation compile(KernelProgram program, Target target) {
      compilations++;
      return new Compilation(
          (KernelCompiler.options(program, target) + program.text())
              .getBytes(StandardCharsets.UTF_8),
          "");
    }
  }

  private final Counting compiler = new Counting();

  private KernelBinaries binaries() {
    return new KernelBinaries(compiler, 90, directory.resolve("kernels"));
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("kernels"))) {
      return files.reduce((a, b) -> null).orElseThrow();
    }
  }

  @Test
  void shouldCompileOnceForAllProcesses() {
    byte[] compiled = binaries().image(KernelProgram.columns());

    byte[] kept = binaries().image(KernelProgram.columns());

    assertThat(kept).isEqualTo(compiled);
    assertThat(compiler.compilations).isEqualTo(1);
  }

  @Test
  void shouldCompileAnewWhatIsDamaged() throws IOException {
    byte[] compiled = binaries().image(KernelProgram.columns());
    byte[] file = Files.readAllBytes(only());
    file[file.length - 1] ^= 1;
    Files.write(only(), file);

    byte[] again = binaries().image(KernelProgram.columns());

    assertThat(again).isEqualTo(compiled);
    assertThat(compiler.compilations).isEqualTo(2);
  }

  @Test
  void shouldCompileAnewWhatIsCut() throws IOException {
    byte[] compiled = binaries().image(KernelProgram.columns());
    Files.write(only(), new byte[3]);

    byte[] again = binaries().image(KernelProgram.columns());

    assertThat(again).isEqualTo(compiled);
  }

  @Test
  void shouldGoOnWhereNothingCanBeKept() throws IOException {
    Files.writeString(directory.resolve("kernels"), "a file where a directory should be");

    byte[] compiled = binaries().image(KernelProgram.columns());

    assertThat(compiled).isNotEmpty();
  }

  @Test
  void shouldTellProgramsApartByConstantAndCard() {
    List<String> keys =
        List.of(
            binaries().key(KernelProgram.norm(64, true)),
            binaries().key(KernelProgram.norm(64, false)),
            binaries().key(KernelProgram.norm(72, true)),
            binaries().key(KernelProgram.rows()),
            new KernelBinaries(compiler, 80, directory).key(KernelProgram.rows()));

    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void shouldGiveOneHashWhateverTheOrder() {
    String one = KernelBinaries.kernelsHash(List.of("a", "b", "b"));

    assertThat(KernelBinaries.kernelsHash(List.of("b", "a"))).isEqualTo(one);
    assertThat(KernelBinaries.kernelsHash(List.of("a"))).isNotEqualTo(one);
  }

  @Test
  void shouldTakeTheNewestArchitectureThatACardCanRun() {
    assertThat(compiler.target(90)).isEqualTo(new Target(90, true));
    assertThat(compiler.target(100)).isEqualTo(new Target(90, false));
  }
}

package io.radstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With NVIDIA's compiler, where there is one; a GPU is not needed. */
class NvrtcTest {

  /** A100, H100 and H200, B200. */
  private static final List<Integer> CARDS = List.of(80, 90, 100);

  /** ELF. */
  private static final byte[] MACHINE_CODE = {0x7f, 'E', 'L', 'F'};

  private Nvrtc nvrtc;

  @TempDir private Path directory;

  @BeforeEach
  void find() {
    try {
      nvrtc = Nvrtc.find();
    } catch (KernelException e) {
      abort(e.getMessage());
    }
  }

  static Stream<KernelProgram> programs() {
    return KernelProgram.base().stream();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void shouldCompileForEachCardWithoutAWarning(KernelProgram program) {
    List<Integer> known = nvrtc.architectures();

    assertThat(CARDS.stream().filter(known::contains))
        .isNotEmpty()
        .map(card -> nvrtc.compile(program, new KernelCompiler.Target(card, true)))
        .allSatisfy(
            compilation -> {
              assertThat(compilation.log()).isEmpty();
              assertThat(compilation.image()).startsWith(MACHINE_CODE);
            });
  }

  @Test
  void shouldWriteForTheDriverWhereACardIsNewerThanTheCompiler() {
    KernelCompiler.Target target = nvrtc.target(990);

    Compilation compilation = nvrtc.compile(KernelProgram.rows(), target);

    assertThat(target.exact()).isFalse();
    assertThat(new String(compilation.image(), StandardCharsets.US_ASCII))
        .contains(".visible .entry gather_rows");
  }

  @Test
  void shouldSayWhatTheCompilerSays() {
    TreeMap<String, Integer> noColumns = new TreeMap<>();
    KernelProgram broken = new KernelProgram("entropy", noColumns);

    assertThatThrownBy(() -> nvrtc.compile(broken, new KernelCompiler.Target(90, true)))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("entropy.cu")
        .hasMessageContaining("\"COLUMNS\" is undefined");
  }

  @Test
  void shouldRefuseACardOlderThanAllThatTheCompilerKnows() {
    assertThatThrownBy(() -> nvrtc.target(10))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("compute capability");
  }

  @Test
  void shouldCompileToTheSameBitsEachTime() {
    byte[] first =
        new KernelBinaries(nvrtc, 90, directory.resolve("a")).image(KernelProgram.rows());

    byte[] again =
        new KernelBinaries(nvrtc, 90, directory.resolve("b")).image(KernelProgram.rows());

    assertThat(again).isEqualTo(first);
  }
}

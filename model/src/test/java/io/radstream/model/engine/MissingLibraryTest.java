package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

class MissingLibraryTest {

  @Test
  void shouldNameWhatIsMissingAndWhatToInstall() {
    UnsatisfiedLinkError told =
        new UnsatisfiedLinkError(
            "/opt/cuda/lib/libc10_cuda.so: libcudart.so.12: cannot open shared object file: No such"
                + " file or directory");

    assertThat(MissingLibrary.of(new EngineException("Failed", told), "/opt/cuda/lib"))
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("/opt/cuda/lib cannot be loaded: libcudart.so.12 is")
                    .hasMessageContaining("CUDA 12"));
  }

  @Test
  void shouldLeaveOtherFailuresAsTheyAre() {
    assertThat(MissingLibrary.of(new EngineException("Failed"), "/opt")).isEmpty();
    assertThat(MissingLibrary.of(new UnsatisfiedLinkError((String) null), "/opt")).isEmpty();
  }
}

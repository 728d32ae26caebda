package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {

  private static final String AVX_512 = "fpu avx2 avx512f avx512dq avx512bw avx512vl";

  @Test
  void shouldMultiplyBlocksWhereTheLibraryForRowsLeavesRegistersUnused() {
    assertThat(processor("AuthenticAMD", AVX_512).multipliesBlocksFaster()).isTrue();
    assertThat(processor("GenuineIntel", AVX_512).multipliesBlocksFaster()).isFalse();
    assertThat(processor("AuthenticAMD", "fpu avx2").multipliesBlocksFaster()).isFalse();
  }

  @Test
  void shouldTellWhatBitsDependOn() {
    assertThat(processor("AuthenticAMD", AVX_512).description()).isEqualTo("EPYC: 9, AVX-512");
    assertThat(processor("AuthenticAMD", "fpu").description()).isEqualTo("EPYC: 9");
  }

  @Test
  void shouldKnowNothingOfOtherSystems() {
    Processor processor = Processor.of(List.of());

    assertThat(processor.description()).isEqualTo("unknown");
    assertThat(processor.multipliesBlocksFaster()).isFalse();
  }

  private static Processor processor(String vendor, String flags) {
    return Processor.of(
        List.of(
            "processor\t: 0",
            "vendor_id\t: " + vendor,
            "model name\t: EPYC: 9",
            "flags\t\t: " + flags,
            "",
            "processor\t: 1",
            "vendor_id\t: another"));
  }
}

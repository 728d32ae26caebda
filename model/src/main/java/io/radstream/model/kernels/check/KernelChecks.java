package io.radstream.model.kernels.check;

import io.radstream.model.kernels.ColumnKernels.Derivative;
import io.radstream.model.kernels.check.DescentCheck.Trouble;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which checks there are. */
public final class KernelChecks {

  private KernelChecks() {}

  /** Odd shapes, and numbers that are none: what goes wrong at edges. */
  public static List<KernelCheck> small() {
    return List.of(
        new NormCheck(37, 264, false, 0, false),
        new NormCheck(9, 264, false, 30_000, true),
        new NormCheck(21, 96, true, 6_554, false),
        new ColumnsCheck(21, 264, Optional.empty()),
        new ColumnsCheck(2_900, 8, Optional.of(Derivative.RELU)),
        new ColumnsCheck(13, 520, Optional.of(Derivative.GELU)),
        new EntropyCheck(7, 101, 8_208),
        new EntropyCheck(6, 8_197, 8_208),
        new DescentCheck(List.of(9_000, 1, 8_192, 771), 0.01f, 0.9f, Trouble.NONE),
        new DescentCheck(List.of(130, 3), 0, 0, Trouble.NONE),
        new DescentCheck(List.of(8_200, 7), 1, 0.9f, Trouble.GRADIENT),
        new DescentCheck(List.of(9, 70), 1, 0.9f, Trouble.LOSS),
        new DescentCheck(List.of(70, 9), 1, 0.9f, Trouble.BEFORE),
        new FusionCheck(2, 5, 264),
        new FusionCheck(3, 67, 40),
        new EmbeddingCheck(75, 13, 264, true),
        new EmbeddingCheck(9, 5, 16, false),
        new RowsCheck(7, 24, 11));
  }

  /** The shapes of a step of {@code base}, with 32 studies and reports of 100 tokens. */
  public static List<KernelCheck> large() {
    return List.of(
        new NormCheck(18_912, 768, false, 0, false),
        new NormCheck(18_912, 768, true, 0, false),
        new NormCheck(3_200, 768, false, 6_554, false),
        new NormCheck(3_200, 768, true, 6_554, false),
        new NormCheck(3_200, 512, false, 6_554, false),
        new NormCheck(3_200, 512, true, 6_554, false),
        new ColumnsCheck(18_912, 768, Optional.empty()),
        new ColumnsCheck(18_912, 3_072, Optional.of(Derivative.RELU)),
        new ColumnsCheck(18_912, 3_072, Optional.of(Derivative.GELU)),
        new ColumnsCheck(3_200, 2_048, Optional.of(Derivative.RELU)),
        // As many as fit into the memory of a small machine in float64.
        new EntropyCheck(1_024, 30_522, 30_528),
        new DescentCheck(Collections.nCopies(12, 768 * 3_072), 1, 0.9f, Trouble.NONE),
        new FusionCheck(32, 196, 768),
        new EmbeddingCheck(3_200, 30_522, 768, true),
        new EmbeddingCheck(3_200, 30_522, 768, false),
        new RowsCheck(3_200, 768, 2_000));
  }
}

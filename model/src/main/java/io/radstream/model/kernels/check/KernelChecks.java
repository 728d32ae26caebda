package io.radstream.model.kernels.check;

import io.radstream.model.kernels.ColumnKernels.Derivative;
import io.radstream.model.kernels.check.DescentCheck.Trouble;
import java.util.List;
import java.util.Optional;

/** Which checks there are. */
public final class KernelChecks {

  private KernelChecks() {}

  /** Odd shapes, and numbers that are none: what goes wrong at edges. */
  public static List<KernelCheck> small() {
    return List.of(
        new NormCheck(37, 96, false, 0, false),
        new NormCheck(37, 264, true, 6554, false),
        new NormCheck(5, 768, false, 6554, false),
        new NormCheck(9, 8, true, 30_000, true),
        new ColumnsCheck(21, 264, Optional.empty()),
        new ColumnsCheck(721, 40, Optional.of(Derivative.RELU)),
        new ColumnsCheck(13, 520, Optional.of(Derivative.GELU)),
        new EntropyCheck(7, 101, 104),
        new EntropyCheck(6, 8_197, 8_208),
        new DescentCheck(List.of(9_000, 1, 8_192, 771), 0.01f, 0.9f, Trouble.NONE),
        new DescentCheck(List.of(130, 3), 0, 0, Trouble.NONE),
        new DescentCheck(List.of(8_200, 7), 1, 0.9f, Trouble.GRADIENT),
        new DescentCheck(List.of(9, 70), 1, 0.9f, Trouble.LOSS),
        new FusionCheck(2, 5, 264),
        new FusionCheck(3, 67, 40),
        new EmbeddingCheck(75, 13, 264, true),
        new EmbeddingCheck(9, 5, 16, false),
        new RowsCheck(7, 24, 11));
  }
}

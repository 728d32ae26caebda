package io.radstream.model.kernels.check;

import io.radstream.model.kernels.ColumnKernels.Derivative;
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
        new EntropyCheck(6, 8_197, 8_208));
  }
}

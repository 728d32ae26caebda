package io.radstream.model.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes programs for a GPU of their text. */
public interface KernelCompiler {

  /**
   * For which GPU.
   *
   * @param architecture compute capability, as 90 for 9.0
   * @param exact machine code for that very one; else text that a driver makes it of for newer ones
   */
  record Target(int architecture, boolean exact) {

    /** As the compiler names it. */
    @Override
    public String toString() {
      return (exact ? "sm_" : "compute_") + architecture;
    }
  }

  /** Name and version, which the bits may depend on. */
  String version();

  /** Compute capabilities that it knows, as 90 for 9.0, from the oldest on. */
  List<Integer> architectures();

  /**
   * @throws KernelException where it cannot; the message holds the compiler's log
   */
  Compilation compile(KernelProgram program, Target target);

  /**
   * What to compile for, for a GPU of this compute capability.
   *
   * @throws KernelException where the GPU is older than all that the compiler knows
   */
  default Target target(int capability) {
    return architectures().stream()
        .filter(known -> known <= capability)
        .max(Comparator.naturalOrder())
        .map(known -> new Target(known, known == capability))
        .orElseThrow(
            () ->
                new KernelException(
                    "%s knows no GPU as old as compute capability %.1f"
                        .formatted(version(), capability / 10.0)));
  }

  /** What the compiler is told beside the text. */
  static List<String> options(KernelProgram program, Target target) {
    List<String> options = new ArrayList<>(List.of("--std=c++17", "--gpu-architecture=" + target));
    options.addAll(program.definitions());
    return List.copyOf(options);
  }
}

package io.radstream.model.kernels;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An NVIDIA GPU. For one thread at a time. */
public final class CudaDevice implements KernelDevice {

  private final CudaDriver driver;
  private final KernelBinaries binaries;
  private final CudaMemory memory;
  private final List<Pointer> modules = new ArrayList<>();

  private CudaDevice(CudaDriver driver, KernelBinaries binaries) {
    this.driver = driver;
    this.binaries = binaries;
    memory = new CudaMemory(driver);
  }

  /**
   * @param ordinal of the GPU among those that this process sees
   * @param directory for what is compiled, as {@link KernelBinaries#ofUser}
   * @throws KernelException where there is no driver or no such GPU, or the compiler knows none as
   *     old
   */
  public static CudaDevice open(int ordinal, KernelCompiler compiler, Path directory) {
    CudaDriver driver = CudaDriver.open(ordinal);
    try {
      return new CudaDevice(driver, new KernelBinaries(compiler, driver.capability(), directory));
    } catch (KernelException e) {
      driver.release();
      throw e;
    }
  }

  /** As its maker calls it. */
  public String name() {
    return driver.name();
  }

  /** Memory of its own, and clocks. */
  public CudaMemory memory() {
    return memory;
  }

  @Override
  public LoadedKernels load(KernelProgram program) {
    PointerByReference module = new PointerByReference();
    driver.require(program.name(), driver.api().cuModuleLoadData(module, binaries.image(program)));
    modules.add(module.getValue());
    Map<String, Pointer> functions = new HashMap<>();
    for (String kernel : program.kernels()) {
      PointerByReference function = new PointerByReference();
      driver.require(kernel, driver.api().cuModuleGetFunction(function, module.getValue(), kernel));
      functions.put(kernel, function.getValue());
    }
    return new Loaded(driver, binaries.key(program), Signatures.of(program), functions);
  }

  /** The kernels of a module. */
  private record Loaded(
      CudaDriver driver, String key, Signatures signatures, Map<String, Pointer> functions)
      implements LoadedKernels {

    @Override
    public void launch(long stream, String kernel, Grid grid, Arguments arguments) {
      signatures.require(kernel, arguments);
      try (Memory parameters = arguments.packed()) {
        driver.require(
            kernel,
            driver
                .api()
                .cuLaunchKernel(
                    functions.get(kernel),
                    grid.across(),
                    grid.down(),
                    1,
                    grid.threads(),
                    1,
                    1,
                    0,
                    new Pointer(stream),
                    parameters,
                    Pointer.NULL));
      }
    }
  }

  /** Frees all that was loaded and allocated, whatever becomes of the rest. */
  @Override
  public void close() {
    // No kernel may be under way; what has failed was told of where it was asked for.
    driver.api().cuCtxSynchronize();
    try {
      memory.free();
    } finally {
      try {
        modules.forEach(module -> driver.require("a module", driver.api().cuModuleUnload(module)));
      } finally {
        driver.release();
      }
    }
  }
}

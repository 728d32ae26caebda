package io.radstream.model.kernels.check;

import io.radstream.model.kernels.CudaDevice;
import io.radstream.model.kernels.KernelProgram;
import io.radstream.model.kernels.LoadedKernels;
import java.nio.ByteBuffer;

/** A GPU whose kernels are checked. */
public record CheckedCuda(CudaDevice gpu) implements CheckedDevice {

  @Override
  public LoadedKernels load(KernelProgram program) {
    return gpu.load(program);
  }

  @Override
  public long allocate(long bytes) {
    return gpu.memory().allocate(bytes);
  }

  @Override
  public void write(long address, ByteBuffer from) {
    gpu.memory().write(address, from);
  }

  @Override
  public void read(long address, ByteBuffer to) {
    gpu.memory().read(address, to);
  }

  @Override
  public double milliseconds(Runnable work, int times) {
    return gpu.memory().milliseconds(work, times);
  }

  /** Of what a check has allocated; what is loaded stays. */
  @Override
  public void release() {
    gpu.memory().free();
  }

  @Override
  public void close() {
    gpu.close();
  }
}

package io.radstream.model.kernels;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of a GPU that is not the engine's, and its clock: for checks and measurements. All on the
 * default stream.
 */
public final class CudaMemory {

  private final CudaDriver driver;
  private final List<Long> allocated = new ArrayList<>();

  CudaMemory(CudaDriver driver) {
    this.driver = driver;
  }

  /**
   * @return address, a multiple of 256
   * @throws KernelException where there is not so much left
   */
  public long allocate(long bytes) {
    LongByReference address = new LongByReference();
    driver.require(
        "%d bytes of memory".formatted(bytes), driver.api().cuMemAlloc_v2(address, bytes));
    allocated.add(address.getValue());
    return address.getValue();
  }

  /**
   * @param from a direct buffer
   */
  public void write(long address, ByteBuffer from) {
    driver.require("a copy", driver.api().cuMemcpyHtoD_v2(address, at(from), from.remaining()));
  }

  /**
   * @param to a direct buffer, filled from its position to its limit
   */
  public void read(long address, ByteBuffer to) {
    driver.require("a copy", driver.api().cuMemcpyDtoH_v2(at(to), address, to.remaining()));
  }

  private static Pointer at(ByteBuffer buffer) {
    return Native.getDirectBufferPointer(buffer).share(buffer.position());
  }

  /**
   * Runs work, once to warm up and then some times.
   *
   * @return milliseconds of one run
   */
  public double milliseconds(Runnable work, int times) {
    Pointer begin = event();
    Pointer end = event();
    try {
      work.run();
      driver.require("a clock", driver.api().cuEventRecord(begin, Pointer.NULL));
      for (int time = 0; time < times; time++) {
        work.run();
      }
      driver.require("a clock", driver.api().cuEventRecord(end, Pointer.NULL));
      driver.require("the kernels", driver.api().cuEventSynchronize(end));
      FloatByReference elapsed = new FloatByReference();
      driver.require("a clock", driver.api().cuEventElapsedTime(elapsed, begin, end));
      return elapsed.getValue() / (double) times;
    } finally {
      driver.require("a clock", driver.api().cuEventDestroy_v2(begin));
      driver.require("a clock", driver.api().cuEventDestroy_v2(end));
    }
  }

  private Pointer event() {
    PointerByReference event = new PointerByReference();
    driver.require("a clock", driver.api().cuEventCreate(event, 0));
    return event.getValue();
  }

  /** All of it. */
  public void free() {
    driver.require("the kernels", driver.api().cuCtxSynchronize());
    allocated.forEach(address -> driver.require("memory", driver.api().cuMemFree_v2(address)));
    allocated.clear();
  }
}

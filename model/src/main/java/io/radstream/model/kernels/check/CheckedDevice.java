package io.radstream.model.kernels.check;

import io.radstream.model.kernels.KernelDevice;
import java.nio.ByteBuffer;

/** A device whose memory can be filled and read, so that its kernels can be checked. */
public interface CheckedDevice extends KernelDevice {

  /**
   * @return address of so many bytes, aligned to 16 at least, until {@link #release}
   */
  long allocate(long bytes);

  /** Waits until it is there. */
  void write(long address, ByteBuffer from);

  /**
   * Waits for what was asked for on the default stream, and reads.
   *
   * @param to filled to its limit
   */
  void read(long address, ByteBuffer to);

  /**
   * Runs work on the default stream, again and again.
   *
   * @return milliseconds of one run on the device; NaN where it cannot tell
   */
  double milliseconds(Runnable work, int times);

  /** Frees all that was allocated, once what was asked for is done. */
  void release();
}

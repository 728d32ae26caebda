package io.radstream.model.engine;

/** Work that a device has recorded. For one thread at a time. */
public interface RecordedWork extends AutoCloseable {

  /**
   * Does it again, behind all that the calling thread has asked the engine for, and does not wait
   * for it. Arrays that the work has made have the numbers of the last time. Memory that it uses
   * only meanwhile is that of all work of its recorder, which is done one after the other.
   *
   * @throws CudaException where the device refuses, or has failed at what it was asked for before
   */
  void replay();

  /** Waits for the device. Arrays that the work has made stay, as long as their manager does. */
  @Override
  void close();
}

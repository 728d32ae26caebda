package io.radstream.model.engine;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** A point in what a stream is given. */
final class CudaEvent implements AutoCloseable {

  private final CudaContext context;
  private final Pointer event;

  private CudaEvent(CudaContext context, Pointer event) {
    this.context = context;
    this.event = event;
  }

  /**
   * Behind all that the stream has been given.
   *
   * @throws CudaException where the device has failed
   */
  static CudaEvent on(CudaContext context, CudaStreams.Stream stream) {
    PointerByReference made = new PointerByReference();
    context.call("an event", driver -> driver.cuEventCreate(made, DriverCalls.DISABLE_TIMING));
    CudaEvent event = new CudaEvent(context, made.getValue());
    context.call("an event", driver -> driver.cuEventRecord(event.event, stream.pointer()));
    return event;
  }

  /**
   * Waits until it is reached.
   *
   * @throws CudaException where the device has failed
   */
  void await() {
    context.call("what is waited for", driver -> driver.cuEventSynchronize(event));
  }

  /** Has a stream wait, for what it is given from now on; the caller does not. */
  void holdBack(CudaStreams.Stream stream) {
    context.call(
        "what is waited for", driver -> driver.cuStreamWaitEvent(stream.pointer(), event, 0));
  }

  /** Streams that wait for it go on waiting. */
  @Override
  public void close() {
    context.call("an event", driver -> driver.cuEventDestroy_v2(event));
  }
}

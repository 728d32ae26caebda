package io.radstream.model.engine;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/** One {@code at::cuda::CUDAGraph}. */
final class CudaGraph implements RecordedWork {

  /** More than the object takes in any version; what is allocated lies at multiples of 16. */
  private static final long OBJECT_BYTES = 8192;

  /** The object's functions. */
  record Calls(
      Function construct, Function begin, Function end, Function replay, Function destroy) {

    static Calls of(NativeTorch torch) {
      return new Calls(
          // Since 2.8 it is told whether to keep what it has recorded beside what it does.
          torch.find("_ZN2at4cuda9CUDAGraphC1Eb", "_ZN2at4cuda9CUDAGraphC1Ev"),
          torch.find("_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode"),
          torch.find("_ZN2at4cuda9CUDAGraph11capture_endEv"),
          torch.find("_ZN2at4cuda9CUDAGraph6replayEv"),
          torch.find("_ZN2at4cuda9CUDAGraphD1Ev"));
    }
  }

  private final Calls calls;
  private final CudaContext context;
  private final CudaStreams streams;
  private final Runnable whenClosed;
  private final Pointer object = new Pointer(Native.malloc(OBJECT_BYTES));
  private boolean closed;

  /**
   * @param whenClosed done once
   */
  CudaGraph(Calls calls, CudaContext context, CudaStreams streams, Runnable whenClosed) {
    this.calls = calls;
    this.context = context;
    this.streams = streams;
    this.whenClosed = whenClosed;
    object.clear(OBJECT_BYTES);
    calls.construct.invoke(new Object[] {object, (byte) 0});
  }

  /** Records what the calling thread asks for on its current stream, one of the pool. */
  void begin(TwoWords pool) {
    calls.begin.invoke(new Object[] {object, pool, DriverCalls.CAPTURE_THREAD_LOCAL});
  }

  /**
   * Records no longer.
   *
   * @param stream the calling thread's, as it was when recording began
   * @throws CudaException where the work failed, or the device could not record it
   */
  CudaGraph end(CudaStreams.Stream stream, Optional<Throwable> failure) {
    if (failure.isEmpty() && context.isRecording(stream.pointer())) {
      calls.end.invoke(new Object[] {object});
      return this;
    }
    abandon(stream);
    throw new CudaException(
        "work could not be recorded"
            + failure.map(cause -> ": " + cause.getMessage()).orElse(" by the device"),
        failure.orElse(null));
  }

  /**
   * The engine's own end of a recording throws where the recording has gone wrong, and leaves its
   * allocator and its generator recording. So the driver ends this one and begins another, which
   * the engine ends in peace.
   */
  private void abandon(CudaStreams.Stream stream) {
    PointerByReference part = new PointerByReference();
    int ended = context.result(driver -> driver.cuStreamEndCapture(stream.pointer(), part));
    if (ended == 0 && part.getValue() != null) {
      context.call("a part of work", driver -> driver.cuGraphDestroy(part.getValue()));
    }
    context.call(
        "an empty recording",
        driver ->
            driver.cuStreamBeginCapture_v2(stream.pointer(), DriverCalls.CAPTURE_THREAD_LOCAL));
    calls.end.invoke(new Object[] {object});
    free();
  }

  @Override
  public void replay() {
    if (closed) {
      throw new IllegalStateException("recorded work is closed");
    }
    Pointer current = streams.current().pointer();
    context.call(
        "what was asked for before",
        driver -> {
          int state = driver.cuStreamQuery(current);
          return state == DriverCalls.NOT_READY ? 0 : state;
        });
    calls.replay.invoke(new Object[] {object});
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      context.call("recorded work", DriverCalls::cuCtxSynchronize);
      free();
      whenClosed.run();
    }
  }

  private void free() {
    calls.destroy.invoke(new Object[] {object});
    Native.free(Pointer.nativeValue(object));
  }
}

package io.radstream.model.engine;

import ai.djl.ndarray.NDManager;
import com.sun.jna.Function;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records by the engine's {@code at::cuda::CUDAGraph}, which sees to the memory of recorded work
 * and to its random numbers. For one thread at a time.
 */
public final class CudaGraphs implements WorkRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(CudaGraphs.class);

  private static final String NEW_POOL = "_ZN2at4cuda17graph_pool_handleEv";

  private final CudaContext context;
  private final CudaStreams streams;
  private final Function newPool;
  private final CudaGraph.Calls calls;

  /** One for all: cuBLAS keeps memory of its own for each stream that it has worked on. */
  private final CudaStreams.Stream stream;

  private TwoWords pool;
  private int open;

  CudaGraphs(NativeTorch torch, CudaContext context) {
    this.context = context;
    this.streams = new CudaStreams(torch, context.device());
    this.newPool = torch.find(NEW_POOL);
    this.calls = CudaGraph.Calls.of(torch);
    this.stream = streams.ofPool();
  }

  /**
   * @param device whose device records
   * @return empty on a CPU, and, with a warning, where this PyTorch or this driver cannot record
   */
  public static Optional<WorkRecorder> of(NDManager device) {
    if (!device.getDevice().isGpu()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CudaGraphs(NativeTorch.loaded(), CudaContext.of(device)));
    } catch (UnsatisfiedLinkError | CudaException e) {
      LOG.warn("{} cannot record work: {}", device.getDevice(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public RecordedWork record(Runnable work) {
    // What has failed before is told of here, where it can be; below it would end the process.
    context.call("all that was asked for before", DriverCalls::cuCtxSynchronize);
    if (open == 0) {
      // The engine gives up a pool with the last graph in it, and may not be asked for it again.
      pool = (TwoWords) newPool.invoke(TwoWords.class, new Object[0]);
    }
    CudaGraph graph = streams.on(stream, () -> recorded(work));
    open++;
    return graph;
  }

  private CudaGraph recorded(Runnable work) {
    CudaGraph graph = new CudaGraph(calls, context, streams, () -> open--);
    graph.begin(pool);
    Optional<Throwable> failure = failure(work);
    // The engine throws where a recording ends on another stream than it began on.
    streams.makeCurrent(stream);
    return graph.end(stream, failure);
  }

  /** Whatever it is, since the recording has to be ended all the same. */
  private static Optional<Throwable> failure(Runnable work) {
    try {
      work.run();
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(e);
    }
  }
}

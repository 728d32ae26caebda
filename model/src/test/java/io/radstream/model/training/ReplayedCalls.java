package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.engine.RecordedWork;
import io.radstream.model.engine.WorkRecorder;
import io.radstream.model.explicit.Calls;
import io.radstream.model.kernels.Arguments;
import io.radstream.model.kernels.Grid;
import io.radstream.model.kernels.KernelDevice;
import io.radstream.model.kernels.KernelProgram;
import io.radstream.model.kernels.LoadedKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as a device does, on the processor: which methods are called and which kernels launched,
 * with which numbers of Java and which arrays; and does that again, into the same arrays. What Java
 * would have done otherwise the next time, and what it asks the engine for beside, is not done
 * again.
 */
final class ReplayedCalls implements Calls, WorkRecorder {

  private final Calls calls;
  private final PtNDManager manager;
  private List<Runnable> recording;
  private int records;
  private int replays;

  /**
   * @param manager keeps what is recorded
   */
  ReplayedCalls(Calls calls, NDManager manager) {
    this.calls = calls;
    this.manager = (PtNDManager) manager;
  }

  int records() {
    return records;
  }

  int replays() {
    return replays;
  }

  @Override
  public IValue call(String method, IValue... values) {
    IValue result = calls.call(method, values);
    if (recording != null) {
      IValue[] kept = new IValue[values.length];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = kept(values[i]);
      }
      List<NDArray> results = arrays(result);
      recording.add(() -> again(method, kept, results));
    }
    return result;
  }

  private void again(String method, IValue[] values, List<NDArray> results) {
    try (IValue result = calls.call(method, values)) {
      List<NDArray> now = arrays(result);
      for (int i = 0; i < now.size(); i++) {
        bring((PtNDArray) results.get(i), (PtNDArray) now.get(i));
      }
    }
  }

  private void bring(PtNDArray to, PtNDArray from) {
    try (IValue target = IValue.from(to);
        IValue numbers = IValue.from(from)) {
      calls.call("put", target, numbers).close();
    }
  }

  /** A device whose kernels are recorded too. */
  KernelDevice with(KernelDevice device) {
    return new KernelDevice() {
      @Override
      public LoadedKernels load(KernelProgram program) {
        return recorded(device.load(program));
      }

      @Override
      public void close() {
        device.close();
      }
    };
  }

  private LoadedKernels recorded(LoadedKernels kernels) {
    return new LoadedKernels() {
      @Override
      public String key() {
        return kernels.key();
      }

      @Override
      public void launch(long stream, String kernel, Grid grid, Arguments arguments) {
        kernels.launch(stream, kernel, grid, arguments);
        if (recording != null) {
          recording.add(() -> kernels.launch(stream, kernel, grid, arguments));
        }
      }
    };
  }

  private IValue kept(IValue value) {
    if (value.isTensor()) {
      return IValue.from(value.toTensor(manager));
    }
    if (value.isTensorList()) {
      return IValue.listFrom(value.toTensorArray(manager));
    }
    if (value.isLongList()) {
      return IValue.listFrom(value.toLongArray());
    }
    if (value.isLong()) {
      return IValue.from(value.toLong());
    }
    return value.isDouble() ? IValue.from(value.toDouble()) : IValue.from(value.toBoolean());
  }

  private List<NDArray> arrays(IValue result) {
    if (result.isTensor()) {
      return List.of(result.toTensor(manager));
    }
    return result.isTensorList() ? List.of(result.toTensorArray(manager)) : List.of();
  }

  @Override
  public RecordedWork record(Runnable work) {
    records++;
    recording = new ArrayList<>();
    try {
      work.run();
      return new Recorded(recording);
    } finally {
      recording = null;
    }
  }

  private final class Recorded implements RecordedWork {

    private final List<Runnable> all;

    private Recorded(List<Runnable> all) {
      this.all = all;
    }

    @Override
    public void replay() {
      replays++;
      all.forEach(Runnable::run);
    }

    @Override
    public void close() {}
  }
}

package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.engine.RecordedWork;
import io.radstream.model.engine.WorkRecorder;
import io.radstream.model.explicit.Calls;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as a device does, on the processor: which methods are called, with which numbers of Java
 * and which arrays; and calls them again, into the arrays that they gave. What Java would have done
 * otherwise the next time, and what it asks the engine for beside these methods, is not done again.
 */
final class ReplayedCalls implements Calls, WorkRecorder {

  private record Made(String method, IValue[] values, List<NDArray> results) {}

  private final Calls calls;
  private final PtNDManager manager;
  private List<Made> recording;
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
      recording.add(new Made(method, kept, arrays(result)));
    }
    return result;
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

    private final List<Made> all;

    private Recorded(List<Made> all) {
      this.all = all;
    }

    @Override
    public void replay() {
      replays++;
      for (Made made : all) {
        try (IValue result = calls.call(made.method(), made.values())) {
          List<NDArray> now = arrays(result);
          for (int i = 0; i < now.size(); i++) {
            bring((PtNDArray) made.results().get(i), (PtNDArray) now.get(i));
          }
        }
      }
    }

    private void bring(PtNDArray to, PtNDArray from) {
      try (IValue target = IValue.from(to);
          IValue numbers = IValue.from(from)) {
        calls.call("put", target, numbers).close();
      }
    }

    @Override
    public void close() {
      all.forEach(
          made -> {
            for (IValue value : made.values()) {
              value.close();
            }
          });
    }
  }
}

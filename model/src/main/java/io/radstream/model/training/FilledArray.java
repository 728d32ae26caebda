package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.engine.ScalarType;
import io.radstream.model.engine.TorchScript;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory of the device that the host fills again and again, without waiting for the device. */
final class FilledArray {

  private final TorchScript script;
  private final NDArray array;

  /**
   * @param manager owns the memory
   * @param bytes a multiple of 4
   */
  FilledArray(TorchScript script, NDManager manager, int bytes) {
    this.script = script;
    this.array = manager.zeros(new Shape(bytes / Float.BYTES));
  }

  /** As float32, which need not be what they are. */
  NDArray array() {
    return array;
  }

  void fill(float... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(numbers);
    fill(bytes);
  }

  /**
   * Behind all that was asked for before.
   *
   * @param bytes as many as there are
   */
  void fill(ByteBuffer bytes) {
    boolean gpu = array.getDevice().isGpu();
    // The engine lends pinned memory again only once the device has read it.
    try (NDArray pinned =
            script.run(
                "pinned",
                array.getManager(),
                IValue.from(array.size()),
                ScalarType.FLOAT32.value(),
                IValue.from(gpu));
        IValue to = IValue.from((PtNDArray) array);
        IValue from = IValue.from((PtNDArray) pinned)) {
      ((PtNDArray) pinned).toByteBuffer(true).put(bytes);
      script.call("send", to, from).close();
    }
  }
}

package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import com.sun.jna.Function;
import com.sun.jna.Pointer;

/** Where arrays lie in their device's memory, for kernels that are not the engine's. */
public final class Addresses {

  /** Of a tensor that is given by reference. */
  private static final String DATA = "_ZN2at14maybe_data_ptrERKNS_6TensorE";

  private final Function data;

  /** The engine has been started. */
  public Addresses() {
    this.data = NativeTorch.function(DATA);
  }

  /**
   * Of the first number; good for as long as the array is.
   *
   * @param array whose numbers lie one behind the other
   */
  public long of(NDArray array) {
    Pointer tensor = new Pointer(((PtNDArray) array).getHandle());
    return Pointer.nativeValue(data.invokePointer(new Object[] {tensor}));
  }
}

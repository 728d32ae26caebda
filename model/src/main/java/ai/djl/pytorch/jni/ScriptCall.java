package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import java.util.Arrays;

/** Calls a method of a TorchScript module so that gradients flow back to its arguments. */
public final class ScriptCall {

  private ScriptCall() {}

  /**
   * {@link IValueUtils#runMethod} does the same without gradients, and its caller's package alone
   * reaches the engine: hence this class, and its package.
   *
   * @param manager owns the result
   */
  public static PtNDArray run(
      PtNDManager manager, PtSymbolBlock module, String method, IValue... arguments) {
    long[] handles = Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray();
    // Optimised, a script's first calls would be other operations than its later ones, and so other
    // bits after a restart. The setting belongs to the thread.
    JniUtils.setGraphExecutorOptimize(false);
    long result =
        PyTorchLibrary.LIB.moduleRunMethod(
            module.getHandle(), method, handles, JniUtils.isGradMode(), false);
    try (IValue value = new IValue(result)) {
      return value.toTensor(manager);
    }
  }
}

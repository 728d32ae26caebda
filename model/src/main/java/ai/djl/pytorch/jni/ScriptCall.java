package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;
import java.util.Arrays;

/** Calls a method of a TorchScript module so that gradients flow back to its arguments. */
public final class ScriptCall {

  private ScriptCall() {}

  /**
   * {@link IValueUtils#runMethod} does the same without gradients, and its caller's package alone
   * reaches the engine: hence this class, and its package.
   */
  public static IValue run(PtSymbolBlock module, String method, IValue... arguments) {
    long[] handles = Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray();
    // Optimised, a script's first calls would be other operations than its later ones, and so other
    // bits after a restart. The setting belongs to the thread.
    JniUtils.setGraphExecutorOptimize(false);
    return new IValue(
        PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, true, false));
  }
}

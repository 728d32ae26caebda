package io.radstream.model.explicit;

import ai.djl.pytorch.jni.IValue;

/** Methods of a script. */
@FunctionalInterface
public interface Calls {

  /** Calls a method; result and values are the caller's to close. */
  IValue call(String method, IValue... values);
}

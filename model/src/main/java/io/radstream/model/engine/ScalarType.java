package io.radstream.model.engine;

import ai.djl.pytorch.jni.IValue;

/**
 * Types of numbers by those that PyTorch gives them (c10/core/ScalarType.h), as scripts want it.
 */
public enum ScalarType {
  INT32(3),
  INT64(4),
  FLOAT16(5),
  FLOAT32(6),
  FLOAT64(7),
  BFLOAT16(15);

  private final int number;

  ScalarType(int number) {
    this.number = number;
  }

  /** As an argument of a script. */
  public IValue value() {
    return IValue.from((long) number);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}

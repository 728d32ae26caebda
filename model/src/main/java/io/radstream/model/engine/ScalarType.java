package io.radstream.model.engine;

/**
 * Types of numbers by those that PyTorch gives them (c10/core/ScalarType.h), as scripts want it.
 */
public enum ScalarType {
  FLOAT16(5),
  FLOAT32(6),
  FLOAT64(7),
  BFLOAT16(15);

  private final int number;

  ScalarType(int number) {
    this.number = number;
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}

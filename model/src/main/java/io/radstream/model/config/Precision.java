package io.radstream.model.config;

/**
 * In what numbers matrices are multiplied. Weights, their updates, normalisation and softmax are
 * float32 in any case.
 */
public enum Precision {
  FLOAT32,
  /** Half the memory and, on hardware that has it, twice the speed or more. */
  BFLOAT16,
  /** For GPUs without bfloat16; the loss is scaled so that small gradients do not vanish. */
  FLOAT16
}

package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

import java.util.Objects;

/**
 * How steps are computed.
 *
 * @param microBatch studies that are on the device at a time; 0 for the whole batch. Gradients add
 *     up to those of the whole batch, the contrastive loss included, for about a third more work.
 *     With dropout another number draws other random numbers
 * @param program how gradients are found
 */
public record Compute(Precision precision, int microBatch, Program program) {

  /** Whole batches in float32. */
  public static final Compute PLAIN = new Compute(Precision.FLOAT32, 0);

  public Compute {
    Objects.requireNonNull(program, "compute.program");
    require(microBatch >= 0, "compute.microBatch (at least 0)", microBatch);
  }

  /** As the engine records it. */
  public Compute(Precision precision, int microBatch) {
    this(precision, microBatch, Program.EAGER);
  }
}

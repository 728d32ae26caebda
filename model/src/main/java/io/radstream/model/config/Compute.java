package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

/**
 * How steps are computed.
 *
 * @param microBatch studies that are on the device at a time; 0 for the whole batch. Gradients add
 *     up to those of the whole batch, the contrastive loss included, for about a third more work.
 *     With dropout another number draws other random numbers
 */
public record Compute(Precision precision, int microBatch) {

  /** Whole batches in float32. */
  public static final Compute PLAIN = new Compute(Precision.FLOAT32, 0);

  public Compute {
    require(microBatch >= 0, "compute.microBatch (at least 0)", microBatch);
  }
}

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
 * @param shards equal parts of a batch, a power of two, whose gradients are found each alone and
 *     added up in a tree, so that bits do not depend on how many processes share them; 1 for none
 * @param reduction how gradients of several processes are added up
 * @param gradients in which numbers those of shards are
 */
public record Compute(
    Precision precision,
    int microBatch,
    Program program,
    int shards,
    Reduction reduction,
    GradientType gradients) {

  /** Whole batches in float32. */
  public static final Compute PLAIN = new Compute(Precision.FLOAT32, 0);

  public Compute {
    Objects.requireNonNull(program, "compute.program");
    Objects.requireNonNull(reduction, "compute.reduction");
    Objects.requireNonNull(gradients, "compute.gradients");
    require(microBatch >= 0, "compute.microBatch (at least 0)", microBatch);
    require(Integer.bitCount(shards) == 1 && shards > 0, "compute.shards (a power of two)", shards);
    require(
        shards == 1 || microBatch == 0,
        "compute.microBatch (0 where there are shards, which are parts themselves)",
        microBatch);
    require(
        shards == 1 || reduction == Reduction.EXACT,
        "compute.reduction (EXACT where there are shards)",
        reduction);
    require(
        shards > 1 || gradients == GradientType.FLOAT32,
        "compute.gradients (FLOAT32 where there are no shards)",
        gradients);
  }

  /** With shards, if more than one, in float32. */
  public Compute(Precision precision, int microBatch, Program program, int shards) {
    this(precision, microBatch, program, shards, Reduction.EXACT, GradientType.FLOAT32);
  }

  /** Without shards. */
  public Compute(Precision precision, int microBatch, Program program) {
    this(precision, microBatch, program, 1);
  }

  /** As the engine records it. */
  public Compute(Precision precision, int microBatch) {
    this(precision, microBatch, Program.EAGER);
  }
}

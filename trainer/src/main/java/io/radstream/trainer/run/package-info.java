/**
 * A run from its beginning to its end: where it sets in, its network, its steps, what it puts on
 * the ledger and keeps as checkpoints. {@link io.radstream.trainer.run.TrainingRun} is the way in.
 * Looks into every room but {@code replay} and {@code lineage}.
 */
package io.radstream.trainer.run;

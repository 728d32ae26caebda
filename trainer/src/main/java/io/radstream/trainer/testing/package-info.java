/**
 * Scores the studies of a split with a checkpoint, beside what is known of them. Looks into {@code
 * augment}, {@code labels} and what is below them. What the scores are worth, {@code
 * io.radstream.evaluation} tells.
 */
package io.radstream.trainer.testing;

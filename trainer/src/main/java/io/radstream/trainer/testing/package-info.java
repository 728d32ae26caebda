/**
 * Judges checkpoints on the studies of a split: scores them beside what is known of them, measures
 * that by {@code io.radstream.evaluation}, and records it on {@code evaluations}. Looks into {@code
 * augment}, {@code labels} and what is below them, and {@code checkpoint}.
 */
package io.radstream.trainer.testing;

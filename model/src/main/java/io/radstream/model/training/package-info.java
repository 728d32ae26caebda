/**
 * Steps: forward and backward over a batch, gradients, the optimizer and its state. Looks into
 * {@code explicit}, {@code objective}, {@code network} and what is below them.
 */
package io.radstream.model.training;

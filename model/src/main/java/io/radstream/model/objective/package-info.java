/**
 * What is minimised: the losses of a network over a batch, and what their sums are divided by.
 * Looks into {@code network} and what is below it.
 */
package io.radstream.model.objective;

/**
 * What was decided about checkpoints, as records on {@code models.decisions}, and the state that
 * follows from them in their order.
 */
package io.radstream.serving.decisions;

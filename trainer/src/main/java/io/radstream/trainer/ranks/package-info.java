/**
 * Ranks that learn together from shares of each batch, as seen from rank 0: it alone decides what a
 * step learns from and writes what comes of it, and tells the others over a connection with each.
 * Numbers of the network go over a {@link io.radstream.model.engine.ProcessGroup}.
 */
package io.radstream.trainer.ranks;

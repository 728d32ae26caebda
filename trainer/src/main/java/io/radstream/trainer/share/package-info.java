/**
 * A rank that is not the first: it reads the studies that rank 0 names, learns from its share of
 * each batch, and writes nothing. What the two tell each other is in {@link
 * io.radstream.trainer.ranks}.
 */
package io.radstream.trainer.share;

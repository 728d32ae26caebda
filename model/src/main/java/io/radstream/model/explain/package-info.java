/**
 * Where in its radiographs a score of the network comes from: a value for each patch. Looks into
 * {@code config}, {@code engine}, {@code layers}, {@code network} and {@code weights}; the path of
 * plain scoring knows nothing of it.
 */
package io.radstream.model.explain;

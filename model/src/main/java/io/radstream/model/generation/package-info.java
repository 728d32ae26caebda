/**
 * Writes reports: beam search over a decoder that keeps what it has read. Looks into {@code
 * network} and what is below it.
 */
package io.radstream.model.generation;

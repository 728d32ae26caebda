/**
 * What is known of the studies that a run reads, and which of them are meant. Reads tuples and the
 * study records that they were merged from; trains nothing.
 */
package io.radstream.trainer.traits;

/**
 * How long it takes from a study's arrival until a checkpoint that has learned from it answers:
 * joins what runs tell on {@code training.metrics} with what is live here.
 */
package io.radstream.serving.freshness;

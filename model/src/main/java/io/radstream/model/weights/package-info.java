/**
 * Weights by name: where their values come from, and the safetensors files that hold them. Looks
 * into {@code layers}, which it fills.
 */
package io.radstream.model.weights;

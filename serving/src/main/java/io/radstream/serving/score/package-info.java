/**
 * From the views of a study to probabilities: the live model behind leases, zero-shot scoring from
 * text prompts, and batches in front of the device.
 */
package io.radstream.serving.score;

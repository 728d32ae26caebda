/**
 * From the views of a study to probabilities: models that are held for a request, scoring by the
 * label head or zero-shot from text prompts, batches in front of the device, and a shadow beside.
 */
package io.radstream.serving.score;

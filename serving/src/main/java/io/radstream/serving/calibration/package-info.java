/**
 * Measures on labelled studies how the scores of a checkpoint are to be read, and writes it beside
 * the checkpoint.
 */
package io.radstream.serving.calibration;

/** Measures maps of a checkpoint by boxes around findings. */
package io.radstream.cli.boxes;

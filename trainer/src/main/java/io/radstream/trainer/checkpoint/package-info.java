/** Checkpoints: written whole or not at all, verified when read, announced once complete. */
package io.radstream.trainer.checkpoint;

/** What the trainer adds to a checkpoint, tells the world of it, and asks the world about it. */
package io.radstream.trainer.checkpoint;

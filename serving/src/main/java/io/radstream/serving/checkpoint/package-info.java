/** Announced checkpoints: verified against their hashes, loaded, warmed, and made live. */
package io.radstream.serving.checkpoint;

/**
 * Which picture of a view a checkpoint is shown: the one that was published, or the same at full
 * resolution, out of a store. For whatever shows checkpoints studies of topics.
 */
package io.radstream.serving.pictures;

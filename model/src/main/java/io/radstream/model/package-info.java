/**
 * The REFERS network (Zhou et al., 2022) on DJL's PyTorch engine: blocks, losses, optimizer,
 * presets and weights. Values in and out are plain Java arrays, so that the trainer and the service
 * never touch a tensor. Knows nothing of Kafka; the trainer and serving import it.
 */
package io.radstream.model;

/**
 * The REFERS network (Zhou et al., 2022) on DJL's PyTorch engine. {@link io.radstream.model.Refers}
 * answers and {@link io.radstream.model.RefersTraining} learns; what they are made of has rooms of
 * its own, each of which says which others it looks into. Values in and out are plain Java arrays,
 * so that the trainer and the service never touch a tensor. Knows nothing of Kafka; the trainer and
 * serving import it.
 */
package io.radstream.model;

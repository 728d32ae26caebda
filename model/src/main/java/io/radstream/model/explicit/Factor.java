package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * What a loss is made of a sum by. Scalars on the device, since they differ from step to step where
 * what is asked of the device does not.
 *
 * @param loss the sum's factor
 * @param gradient the factor of what goes back from the sum: with the weight of the loss among all,
 *     and the loss scale
 */
public record Factor(NDArray loss, NDArray gradient) {}

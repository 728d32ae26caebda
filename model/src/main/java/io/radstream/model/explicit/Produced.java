package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * As {@link Passed}, of a layer that ends in a product, without the gradient by its bias: that is a
 * sum over the rows of what comes back, which who makes that can find beside it.
 *
 * @param bias of the product
 */
record Produced(NDArray y, NDArray bias, Passed.Back back) {}

package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/**
 * A gradient, and its sum over the rows, which is the one by a bias.
 *
 * @param rows rows × width
 * @param sum width, wide; asked for where the bias learns
 */
record Summed(NDArray rows, Supplier<NDArray> sum) {}

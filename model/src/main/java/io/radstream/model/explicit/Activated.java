package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * What an activation gives.
 *
 * @param known by what it is gone back, beside y
 */
record Activated(NDArray known, NDArray y) {}

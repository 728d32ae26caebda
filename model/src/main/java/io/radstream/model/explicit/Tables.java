package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Tables that tokens are looked up in: factor·words + places + every.
 *
 * @param words vocabulary × width
 * @param places longest report × width
 * @param every width, the same for all tokens
 */
record Tables(NDArray words, double factor, NDArray places, Optional<NDArray> every) {}

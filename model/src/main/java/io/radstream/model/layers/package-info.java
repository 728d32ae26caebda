/**
 * What blocks are built of, and the arithmetic that they compute with. Looks into {@code config}
 * and {@code engine}.
 */
package io.radstream.model.layers;

/**
 * Whether the kernels compute what their texts say: each against its formula in float64, on any
 * device, and how long each takes where the device can tell.
 */
package io.radstream.model.kernels.check;

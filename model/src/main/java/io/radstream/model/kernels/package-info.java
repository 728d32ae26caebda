/**
 * Kernels in CUDA C++ for the training step on an NVIDIA GPU: their texts (resources beside this
 * package, each with its mathematics at its head), compiling them at start with NVRTC, keeping what
 * was compiled, and launching them through the driver on a stream of the engine. All of them are
 * deterministic. Addresses are of a device's memory, which others own; what is read, written and in
 * which type is told by each text. Looks into no other room.
 *
 * <p>A {@link io.radstream.model.kernels.KernelDevice} is the one door, so that the very texts can
 * also be run where there is no GPU: {@code check} compares each with float64 on whatever device it
 * is given.
 */
package io.radstream.model.kernels;

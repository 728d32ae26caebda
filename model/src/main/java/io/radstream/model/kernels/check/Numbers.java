package io.radstream.model.kernels.check;

/**
 * Numbers in a device's memory.
 *
 * @param count of them
 */
record Numbers(long address, int count, ElementType type) {

  long bytes() {
    return (long) count * type.bytes();
  }
}

package io.radstream.model.kernels;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.util.List;

/**
 * What a kernel is given, in its order.
 *
 * @param values addresses and 64-bit counts as {@link Long}, 32-bit ones as {@link Integer}, {@link
 *     Float}
 */
public record Arguments(List<Number> values) {

  private static final int SLOT = 8;

  public Arguments {
    values = List.copyOf(values);
  }

  static Arguments of(Number... values) {
    return new Arguments(List.of(values));
  }

  /**
   * As the driver takes them: addresses of the values, one after the other, and the values behind
   * them.
   */
  public Memory packed() {
    int count = values.size();
    Memory memory = new Memory((long) count * (SLOT + Native.POINTER_SIZE));
    long first = (long) count * Native.POINTER_SIZE;
    for (int i = 0; i < count; i++) {
      long at = first + (long) i * SLOT;
      Number value = values.get(i);
      if (value instanceof Long whole) {
        memory.setLong(at, whole);
      } else if (value instanceof Integer whole) {
        memory.setInt(at, whole);
      } else {
        memory.setFloat(at, (Float) value);
      }
      memory.setPointer((long) i * Native.POINTER_SIZE, memory.share(at));
    }
    return memory;
  }
}

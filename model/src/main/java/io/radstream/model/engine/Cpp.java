package io.radstream.model.engine;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The engine's objects with counted references ({@code c10::intrusive_ptr_target}): a table of
 * functions, then how many hold the object, and how many know of it.
 */
final class Cpp {

  private static final int HOLDERS = 8;
  private static final int KNOWERS = 12;

  private Cpp() {}

  /** Zeros that C++ may delete. */
  static Pointer allocate(long bytes) {
    Pointer memory = new Pointer(Native.malloc(bytes));
    memory.clear(bytes);
    return memory;
  }

  /** As {@code make_intrusive} leaves an object that was just constructed. */
  static Pointer held(Pointer object) {
    object.setInt(HOLDERS, 1);
    object.setInt(KNOWERS, 1);
    return object;
  }

  /** One more holder; nobody else counts meanwhile. */
  static Pointer heldOnceMore(Pointer object) {
    object.setInt(HOLDERS, object.getInt(HOLDERS) + 1);
    return object;
  }

  /** An {@code intrusive_ptr}, which C++ passes by where it is. */
  static Memory reference(Pointer object) {
    Memory reference = new Memory(Native.POINTER_SIZE);
    reference.setPointer(0, object);
    return reference;
  }
}

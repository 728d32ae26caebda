package io.radstream.model.engine;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/**
 * A {@code std::string} of GNU's library: address, length, and 16 bytes that hold a short text
 * themselves. A function that takes one by value may empty it, as C++'s callers expect.
 */
final class CppString implements AutoCloseable {

  private static final int SIZE = 32;
  private static final int LENGTH = 8;
  private static final int WITHIN = 16;

  private final Memory words = new Memory(SIZE);

  CppString(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    words.clear();
    Pointer place = bytes.length < WITHIN ? words.share(WITHIN) : Cpp.allocate(bytes.length + 1L);
    place.write(0, bytes, 0, bytes.length);
    words.setPointer(0, place);
    words.setLong(LENGTH, bytes.length);
  }

  Pointer pointer() {
    return words;
  }

  @Override
  public void close() {
    Pointer place = words.getPointer(0);
    if (!place.equals(words.share(WITHIN))) {
      Native.free(Pointer.nativeValue(place));
    }
  }
}

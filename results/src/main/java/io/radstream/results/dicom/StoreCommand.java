package io.radstream.results.dicom;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** The command sets of C-STORE, PS3.7 section 9.3.1: implicit VR, little-endian. */
final class StoreCommand {

  private static final int C_STORE_REQUEST = 0x0001;
  private static final int MEDIUM = 0;
  private static final int WITH_DATA = 0x0001;
  private static final int GROUP_LENGTH = 12;
  private static final int STATUS = 0x0900;
  private static final int ROOM = 512;

  private StoreCommand() {}

  static byte[] request(int message, String sopClass, String instance) {
    ByteBuffer set = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
    element(set, 0x0000, new byte[Integer.BYTES]);
    element(set, 0x0002, uid(sopClass));
    element(set, 0x0100, number(C_STORE_REQUEST));
    element(set, 0x0110, number(message));
    element(set, 0x0700, number(MEDIUM));
    element(set, 0x0800, number(WITH_DATA));
    element(set, 0x1000, uid(instance));
    set.putInt(2 * Integer.BYTES, set.position() - GROUP_LENGTH);
    byte[] command = new byte[set.position()];
    set.get(0, command);
    return command;
  }

  /** Of an answer; empty where it has none. */
  static OptionalInt status(byte[] command) {
    ByteBuffer set = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (set.hasRemaining()) {
        int element = set.getInt() >>> Short.SIZE;
        int length = set.getInt();
        if (element == STATUS) {
          return OptionalInt.of(Short.toUnsignedInt(set.getShort()));
        }
        set.position(Math.addExact(set.position(), length));
      }
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
      return OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  private static void element(ByteBuffer set, int element, byte[] value) {
    set.putShort((short) 0).putShort((short) element).putInt(value.length).put(value);
  }

  private static byte[] number(int value) {
    return new byte[] {(byte) value, (byte) (value >>> Byte.SIZE)};
  }

  private static byte[] uid(String uid) {
    return Pdus.ascii(uid.length() % 2 == 0 ? uid : uid + '\0');
  }
}

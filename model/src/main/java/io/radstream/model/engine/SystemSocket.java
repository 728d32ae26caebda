package io.radstream.model.engine;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.net.InetAddress;

/**
 * A socket that listens, as the system knows it. The engine would listen on all addresses, and end
 * the process where it cannot.
 *
 * @param number the file descriptor
 */
record SystemSocket(int number, int port) {

  private static final int INTERNET = 2;
  private static final int INTERNET_6 = 10;
  private static final int STREAM_NOT_INHERITED = 0x80001;
  private static final int WAITING = 1024;
  private static final int LONGEST_NAME = 28;

  interface Calls extends Library {

    Calls SYSTEM = Native.load("c", Calls.class);

    int socket(int domain, int type, int protocol);

    int bind(int socket, Pointer name, int length);

    int listen(int socket, int waiting);

    int getsockname(int socket, Pointer name, IntByReference length);

    int close(int socket);
  }

  /**
   * On a port that was free.
   *
   * @throws GroupException where the system does not let it listen there
   */
  static SystemSocket listen(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean old = bytes.length == Integer.BYTES;
    Memory name = new Memory(LONGEST_NAME);
    name.clear();
    name.setShort(0, (short) (old ? INTERNET : INTERNET_6));
    name.write(old ? 4 : 8, bytes, 0, bytes.length);
    int socket = Calls.SYSTEM.socket(name.getShort(0), STREAM_NOT_INHERITED, 0);
    IntByReference length = new IntByReference(LONGEST_NAME);
    if (socket < 0
        || Calls.SYSTEM.bind(socket, name, old ? 16 : LONGEST_NAME) != 0
        || Calls.SYSTEM.listen(socket, WAITING) != 0
        || Calls.SYSTEM.getsockname(socket, name, length) != 0) {
      int error = Native.getLastError();
      Calls.SYSTEM.close(socket);
      throw new GroupException(
          "cannot listen on %s: error %d of the system".formatted(address, error));
    }
    int port = Short.toUnsignedInt(Short.reverseBytes(name.getShort(2)));
    return new SystemSocket(socket, port);
  }
}

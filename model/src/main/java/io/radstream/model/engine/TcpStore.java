package io.radstream.model.engine;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** PyTorch's {@code c10d::TCPStore}, in which ranks leave for each other where they listen. */
final class TcpStore implements AutoCloseable {

  private static final String CONSTRUCT =
      "_ZN4c10d8TCPStoreC1ENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"
          + "RKNS_15TCPStoreOptionsE";
  private static final String DELETE = "_ZN4c10d8TCPStoreD0Ev";

  /** More than it has. */
  private static final int SIZE = 4096;

  private static final int PORT = 0x38;

  private final Pointer store;
  private final int port;
  private final NativeTorch torch;

  private TcpStore(NativeTorch torch, InetAddress at, Options options) {
    this.torch = torch;
    this.store = Cpp.allocate(SIZE);
    this.port = options.port();
    try (CppString host = new CppString(at.getHostAddress())) {
      torch.find(CONSTRUCT).invoke(new Object[] {store, host.pointer(), options.words()});
    }
    Cpp.held(store);
    if (Short.toUnsignedInt(store.getShort(PORT)) != port) {
      throw new IllegalStateException("this PyTorch lays its stores out in another way");
    }
  }

  /**
   * {@code c10d::TCPStoreOptions} of PyTorch 2.7: the port, whether it serves, how many workers
   * (two words) and whether to wait for them, the timeout, several tenants, the socket, libuv.
   *
   * @param socket -1 for one that does not serve
   */
  private record Options(int port, int socket, Duration timeout) {

    private static final int SIZE = 0x38;
    private static final int SERVES = 0x02;
    private static final int TIMEOUT = 0x20;
    private static final int SOCKET = 0x2c;
    private static final int HAS_SOCKET = 0x30;

    /** Without libuv, which takes no socket that is given. */
    Memory words() {
      Memory words = new Memory(SIZE);
      words.clear();
      words.setShort(0, (short) port);
      words.setLong(TIMEOUT, timeout.toMillis());
      if (socket >= 0) {
        words.setByte(SERVES, (byte) 1);
        words.setInt(SOCKET, socket);
        words.setByte(HAS_SOCKET, (byte) 1);
      }
      return words;
    }
  }

  /**
   * Serves the others.
   *
   * @param at an address of this machine
   * @throws GroupException where it cannot listen there
   */
  static TcpStore serve(NativeTorch torch, InetAddress at, Patience patience) {
    SystemSocket socket = SystemSocket.listen(at);
    InetAddress reached = at.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : at;
    return new TcpStore(
        torch, reached, new Options(socket.port(), socket.number(), patience.connecting()));
  }

  /**
   * @throws GroupException where nothing answers there
   */
  static TcpStore join(NativeTorch torch, InetAddress at, int port, Patience patience) {
    try (Socket probe = new Socket()) {
      probe.connect(
          new InetSocketAddress(at, port), Math.toIntExact(patience.exchanging().toMillis()));
    } catch (IOException e) {
      throw new GroupException(
          "rank 0 is there, but not its port %d at %s, which it chose".formatted(port, at), e);
    }
    return new TcpStore(torch, at, new Options(port, -1, patience.connecting()));
  }

  int port() {
    return port;
  }

  /** To pass, without giving it away. */
  Memory reference() {
    return Cpp.reference(store);
  }

  /** To give away. */
  Memory further() {
    return Cpp.reference(Cpp.heldOnceMore(store));
  }

  /** Once nobody else holds it. */
  @Override
  public void close() {
    torch.find(DELETE).invoke(new Object[] {store});
  }
}

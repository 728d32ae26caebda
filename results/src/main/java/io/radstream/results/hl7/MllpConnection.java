package io.radstream.results.hl7;

import io.radstream.results.destination.ReceiverSocket;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection on which each message is answered before the next goes. For one thread. */
final class MllpConnection implements AutoCloseable {

  private static final int BEGIN = 0x0B;
  private static final int END = 0x1C;
  private static final int LONGEST_ANSWER = 1 << 20;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private MllpConnection(Socket socket, MllpAddress address) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(address.timeouts().answerMillis());
    socket.connect(
        new InetSocketAddress(address.host(), address.port()), address.timeouts().connectMillis());
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  static MllpConnection open(MllpAddress address) throws IOException {
    Socket socket = ReceiverSocket.of(address.tls());
    boolean open = false;
    try {
      MllpConnection connection = new MllpConnection(socket, address);
      open = true;
      return connection;
    } finally {
      if (!open) {
        socket.close();
      }
    }
  }

  /**
   * @return the answer; after an exception the connection is of no more use
   */
  byte[] ask(byte[] message) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(BEGIN);
    frame.writeBytes(message);
    frame.write(END);
    frame.write('\r');
    out.write(frame.toByteArray());
    out.flush();
    return answer();
  }

  private byte[] answer() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int read = in.read();
    while (read != END) {
      if (read < 0) {
        throw new EOFException("the receiver ended the connection");
      }
      if (answer.size() > LONGEST_ANSWER) {
        throw new IOException("the receiver's answer does not end");
      }
      // What stands before an answer, as what ends the one before, is passed over.
      if (read == BEGIN) {
        answer.reset();
      } else {
        answer.write(read);
      }
      read = in.read();
    }
    return answer.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

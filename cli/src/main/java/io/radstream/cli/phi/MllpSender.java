package io.radstream.cli.phi;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends HL7 messages one after the other, each once the one before is answered. */
final class MllpSender implements AutoCloseable {

  private static final int BEGIN = 0x0B;
  private static final int END = 0x1C;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  MllpSender(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * @return the answer
   */
  String send(String message) throws IOException {
    out.write(BEGIN);
    out.write(message.getBytes(StandardCharsets.UTF_8));
    out.write(END);
    out.write('\r');
    out.flush();
    StringBuilder answer = new StringBuilder();
    int read = in.read();
    while (read != END) {
      if (read < 0) {
        throw new EOFException("the listener ended the connection");
      }
      if (read != BEGIN) {
        answer.append((char) read);
      }
      read = in.read();
    }
    in.read(); // the carriage return behind it
    return answer.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.radstream.producers.hl7;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A sender. */
final class MllpClient implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  MllpClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static byte[] framed(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x0B);
    out.writeBytes(message);
    out.write(0x1C);
    out.write(0x0D);
    return out.toByteArray();
  }

  static byte[] framed(String message) {
    return framed(message.getBytes(StandardCharsets.UTF_8));
  }

  void send(String message) throws IOException {
    raw(framed(message));
  }

  void send(byte[] message) throws IOException {
    raw(framed(message));
  }

  void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /**
   * @throws EOFException where the connection ended before there was one
   */
  String answer() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    if (read() != 0x0B) {
      throw new AssertionError("an answer begins with 0x0B");
    }
    for (int next = read(); next != 0x1C; next = read()) {
      message.write(next);
    }
    if (read() != 0x0D) {
      throw new AssertionError("an answer ends with 0x0D");
    }
    return message.toString(StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the connection has ended");
    }
    return next;
  }

  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

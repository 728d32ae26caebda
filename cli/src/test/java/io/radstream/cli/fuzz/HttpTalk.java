package io.radstream.cli.fuzz;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to a service on which anything may be sent. */
final class HttpTalk implements AutoCloseable {

  private final int port;
  private Socket socket;
  private InputStream in;

  HttpTalk(int port) {
    this.port = port;
  }

  /**
   * @param status 0 where there was no answer
   */
  record Answer(int status, String type, String body) {}

  /**
   * Sends bytes and takes the first answer.
   *
   * @param patience in ms; afterwards the connection is given up
   */
  Answer ask(byte[] bytes, int patience) throws IOException {
    open();
    socket.setSoTimeout(patience);
    try {
      socket.getOutputStream().write(bytes);
      return read();
    } catch (SocketTimeoutException e) {
      close();
      return new Answer(0, "", "");
    } catch (IOException e) {
      close();
      return new Answer(-1, "", String.valueOf(e.getMessage()));
    }
  }

  private void open() throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      // No port is held after the end, however many connections there are.
      socket.setSoLinger(true, 0);
      in = new BufferedInputStream(socket.getInputStream());
    }
  }

  private Answer read() throws IOException {
    String first = line();
    if (!first.startsWith("HTTP/1.")) {
      close();
      return new Answer(first.isEmpty() ? 0 : -2, "", first);
    }
    int status = Integer.parseInt(first.split(" ", 3)[1]);
    int length = -1;
    boolean ends = first.startsWith("HTTP/1.0");
    String type = "";
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).strip();
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(value);
      } else if (lower.startsWith("connection:")) {
        ends |= value.equalsIgnoreCase("close");
      } else if (lower.startsWith("content-type:")) {
        type = value;
      }
    }
    if (status == 100) {
      return read();
    }
    byte[] body = length < 0 ? new byte[0] : in.readNBytes(length);
    if (ends || length < 0) {
      close();
    }
    return new Answer(status, type, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}

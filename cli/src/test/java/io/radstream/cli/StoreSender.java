package io.radstream.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A storage SCU with one association for digital radiographs. */
final class StoreSender implements AutoCloseable {

  private static final String DIGITAL_XRAY = "1.2.840.10008.5.1.4.1.1.1.1";
  private static final byte CONTEXT = 1;
  private static final int PATIENCE = 60_000;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private short messages;

  StoreSender(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
    ByteArrayOutputStream context = new ByteArrayOutputStream();
    context.writeBytes(new byte[] {CONTEXT, 0, 0, 0});
    context.writeBytes(item(0x30, ascii(DIGITAL_XRAY)));
    context.writeBytes(item(0x40, ascii(SmallRadiograph.SYNTAX)));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(new byte[] {0, 1, 0, 0});
    request.writeBytes(ascii("%-16s%-16s".formatted("RADSTREAM", "CT1")));
    request.writeBytes(new byte[32]);
    request.writeBytes(item(0x10, ascii("1.2.840.10008.3.1.1.1")));
    request.writeBytes(item(0x20, context.toByteArray()));
    request.writeBytes(item(0x50, item(0x51, new byte[] {0, 0, 64, 0})));
    send(1, request.toByteArray());
    read(2);
  }

  /** Gives the status of the answer. */
  int store(SmallRadiograph radiograph) throws IOException {
    send(4, value(3, command(radiograph.instance())));
    send(4, value(2, radiograph.dataSet()));
    ByteBuffer answer = ByteBuffer.wrap(read(4)).order(ByteOrder.LITTLE_ENDIAN).position(6);
    while (answer.hasRemaining()) {
      int element = answer.getInt() >>> 16;
      int length = answer.getInt();
      if (element == 0x0900) {
        return answer.getShort() & 0xFFFF;
      }
      answer.position(answer.position() + length);
    }
    throw new IOException("the answer has no status");
  }

  private byte[] command(String instance) {
    ByteBuffer set = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    element(set, 0x0000, new byte[4]);
    element(set, 0x0002, ascii(DIGITAL_XRAY + '\0'));
    element(set, 0x0100, new byte[] {1, 0});
    element(set, 0x0110, new byte[] {(byte) ++messages, 0});
    element(set, 0x0700, new byte[2]);
    element(set, 0x0800, new byte[2]);
    element(set, 0x1000, ascii(instance.length() % 2 == 0 ? instance : instance + '\0'));
    set.putInt(8, set.position() - 12);
    byte[] command = new byte[set.position()];
    set.get(0, command);
    return command;
  }

  private static void element(ByteBuffer set, int element, byte[] value) {
    set.putShort((short) 0).putShort((short) element).putInt(value.length).put(value);
  }

  /** One fragment, the last, of a command (3) or a data set (2). */
  private static byte[] value(int kind, byte[] bytes) {
    ByteBuffer value = ByteBuffer.allocate(6 + bytes.length).putInt(2 + bytes.length);
    return value.put(CONTEXT).put((byte) kind).put(bytes).array();
  }

  private static byte[] item(int type, byte[] value) {
    ByteBuffer item = ByteBuffer.allocate(4 + value.length).put((byte) type).put((byte) 0);
    return item.putShort((short) value.length).put(value).array();
  }

  private void send(int type, byte[] body) throws IOException {
    out.write(new byte[] {(byte) type, 0});
    out.writeInt(body.length);
    out.write(body);
    out.flush();
  }

  private byte[] read(int type) throws IOException {
    int found = in.read();
    if (found != type) {
      throw new IOException("a PDU of type %d came, not of %d".formatted(found, type));
    }
    in.readByte();
    byte[] body = new byte[in.readInt()];
    in.readFully(body);
    return body;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

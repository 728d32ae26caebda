package io.radstream.producers.dicom.listen;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.SocketFactory;

/** A storage SCU that does what a test wants, within the protocol or not. */
final class Scu implements AutoCloseable {

  static final int ACCEPT = 2;
  static final int REJECT = 3;
  static final int DATA = 4;
  static final int RELEASE_REPLY = 6;
  static final int ABORT = 7;
  static final int CLOSED = -1;

  static final String VERIFICATION = "1.2.840.10008.1.1";
  static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";

  /** Context 1 is for C-ECHO, 3 for C-STORE, as {@link #request} proposes them. */
  static final int ECHO_CONTEXT = 1;

  static final int STORE_CONTEXT = 3;

  /** Only where nothing ever comes is it waited for as long: the test fails then. */
  private static final int PATIENCE = 30_000;

  /** A PDU of the listener. */
  record Answer(int type, byte[] body) {}

  /** A response to a command. */
  record Response(int context, int field, int messageId, int status) {}

  /** What is proposed: a context with its syntaxes. */
  record Proposal(int id, String abstractSyntax, List<String> transferSyntaxes) {}

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;

  private Scu(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE);
    this.out = new DataOutputStream(socket.getOutputStream());
    this.in = new DataInputStream(socket.getInputStream());
  }

  static Scu connect(int port) {
    return connect(port, SocketFactory.getDefault());
  }

  static Scu connect(int port, SocketFactory sockets) {
    try {
      return new Scu(sockets.createSocket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With an association for C-ECHO and C-STORE. */
  static Scu associated(int port) {
    Scu scu = connect(port);
    scu.associate(request("RADSTREAM", "SCU", -1));
    return scu;
  }

  /** With an association that may have several operations open. */
  static Scu associated(int port, int operations) {
    Scu scu = connect(port);
    scu.associate(request("RADSTREAM", "SCU", operations));
    return scu;
  }

  void associate(byte[] request) {
    send(request);
    Answer answer = read();
    if (answer.type() != ACCEPT) {
      throw new IllegalStateException("not accepted: PDU of type " + answer.type());
    }
  }

  static byte[] request(String called, String calling, int operations) {
    return request(
        called,
        calling,
        operations,
        List.of(
            new Proposal(ECHO_CONTEXT, VERIFICATION, List.of(IMPLICIT_LITTLE)),
            new Proposal(
                STORE_CONTEXT,
                ChestImage.DIGITAL_XRAY,
                List.of(ChestImage.EXPLICIT_LITTLE, IMPLICIT_LITTLE))));
  }

  static byte[] request(String called, String calling, int operations, List<Proposal> proposals) {
    Bytes body = new Bytes();
    body.shorts(1, 0);
    body.text("%-16s%-16s".formatted(called, calling));
    body.writeBytes(new byte[32]);
    body.item(0x10, ascii("1.2.840.10008.3.1.1.1"));
    for (Proposal proposal : proposals) {
      Bytes context = new Bytes();
      context.writeBytes(new byte[] {(byte) proposal.id(), 0, 0, 0});
      context.item(0x30, ascii(proposal.abstractSyntax()));
      proposal.transferSyntaxes().forEach(it -> context.item(0x40, ascii(it)));
      body.item(0x20, context.toByteArray());
    }
    Bytes user = new Bytes();
    user.item(0x51, new byte[] {0, 0, 64, 0});
    user.item(0x52, ascii("1.2.3"));
    if (operations >= 0) {
      user.item(0x53, new byte[] {0, (byte) operations, 0, 1});
    }
    body.item(0x50, user.toByteArray());
    return pdu(1, body.toByteArray());
  }

  static byte[] pdu(int type, byte[] body) {
    ByteBuffer pdu = ByteBuffer.allocate(6 + body.length);
    return pdu.put((byte) type).put((byte) 0).putInt(body.length).put(body).array();
  }

  static byte[] fragment(int context, boolean command, boolean last, byte[] bytes) {
    ByteBuffer body = ByteBuffer.allocate(6 + bytes.length).putInt(2 + bytes.length);
    body.put((byte) context).put((byte) ((command ? 1 : 0) + (last ? 2 : 0)));
    return pdu(DATA, body.put(bytes).array());
  }

  static byte[] storeCommand(int messageId, String sopInstance) {
    return command(0x0001, messageId, ChestImage.DIGITAL_XRAY, sopInstance, true);
  }

  static byte[] command(
      int field, int messageId, String sopClass, String sopInstance, boolean dataSet) {
    ByteBuffer set = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    element(set, 0x0000, new byte[4]);
    element(set, 0x0002, ascii(even(sopClass)));
    element(set, 0x0100, little(field));
    element(set, 0x0110, little(messageId));
    element(set, 0x0700, little(0));
    element(set, 0x0800, little(dataSet ? 1 : 0x0101));
    if (!sopInstance.isEmpty()) {
      element(set, 0x1000, ascii(even(sopInstance)));
    }
    set.putInt(8, set.position() - 12);
    byte[] command = new byte[set.position()];
    set.get(0, command);
    return command;
  }

  /** A whole C-STORE, its data set in fragments. */
  void store(int messageId, String sopInstance, byte[] dataSet) {
    send(fragment(STORE_CONTEXT, true, true, storeCommand(messageId, sopInstance)));
    sendDataSet(dataSet, 16_000);
  }

  void store(int messageId, ChestImage image) {
    store(messageId, image.uid(), image.dataSet());
  }

  void sendDataSet(byte[] dataSet, int piece) {
    for (int from = 0; from < dataSet.length; from += piece) {
      int to = Math.min(dataSet.length, from + piece);
      byte[] bytes = Arrays.copyOfRange(dataSet, from, to);
      send(fragment(STORE_CONTEXT, false, to == dataSet.length, bytes));
    }
  }

  void echo(int messageId) {
    send(fragment(ECHO_CONTEXT, true, true, command(0x0030, messageId, VERIFICATION, "", false)));
  }

  void requestRelease() {
    send(pdu(5, new byte[4]));
  }

  /** Sends bytes; that the listener has closed meanwhile is its right. */
  void send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next PDU; of type {@link #CLOSED} where there is none any more. */
  Answer read() {
    try {
      int type = in.read();
      if (type < 0) {
        return new Answer(CLOSED, new byte[0]);
      }
      in.readByte();
      byte[] body = new byte[in.readInt()];
      in.readFully(body);
      return new Answer(type, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Response readResponse() {
    Answer answer = read();
    if (answer.type() != DATA) {
      throw new IllegalStateException("a PDU of type " + answer.type() + " is no response");
    }
    ByteBuffer body = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
    int context = body.get(4) & 0xFF;
    body.position(6);
    int field = -1;
    int messageId = -1;
    int status = -1;
    while (body.hasRemaining()) {
      int tag = (body.getShort() << 16) | (body.getShort() & 0xFFFF);
      int length = body.getInt();
      switch (tag) {
        case 0x0100 -> field = body.getShort(body.position()) & 0xFFFF;
        case 0x0120 -> messageId = body.getShort(body.position()) & 0xFFFF;
        case 0x0900 -> status = body.getShort(body.position()) & 0xFFFF;
        default -> {}
      }
      body.position(body.position() + length);
    }
    return new Response(context, field, messageId, status);
  }

  /** Nothing follows; answers are still read. */
  void endOfSpeech() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hangUp();
  }

  /** Without a word. */
  void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void element(ByteBuffer set, int element, byte[] value) {
    set.putShort((short) 0).putShort((short) element).putInt(value.length).put(value);
  }

  private static byte[] little(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8)};
  }

  private static String even(String uid) {
    return uid.length() % 2 == 0 ? uid : uid + '\0';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What grows, big-endian. */
  private static final class Bytes extends ByteArrayOutputStream {

    void shorts(int... values) {
      for (int value : values) {
        write(value >> 8);
        write(value);
      }
    }

    void text(String text) {
      writeBytes(ascii(text));
    }

    void item(int type, byte[] value) {
      write(type);
      write(0);
      shorts(value.length);
      writeBytes(value);
    }
  }
}

package io.radstream.results.dicom;

import io.radstream.results.destination.ReceiverSocket;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/** An association for some SOP classes in one transfer syntax, as SCU. For one thread. */
final class StoreAssociation implements AutoCloseable {

  /** Longest PDU that is taken; answers have some hundred bytes. */
  private static final int LONGEST = 1 << 20;

  private static final int SHORTEST_FRAGMENTS = 1024;
  private static final int FRAGMENT_HEADER = 6;
  private static final int COMMAND = 1;
  private static final int LAST = 2;
  private static final int FIXED = 68;

  /** Of a rejection; in its body. */
  private static final int REASON = 3;

  /** Of what is answered to a presentation context; in its value. */
  private static final int RESULT = 2;

  /** The archive does not let us in; the message says why. */
  static final class NotAssociatedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAssociatedException(String why) {
      super(why);
    }
  }

  private record Pdu(int type, ByteBuffer body) {}

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final List<String> sopClasses;
  private final int fragment;
  private int messages;

  private StoreAssociation(Socket socket, StoreAddress address, List<String> sopClasses)
      throws IOException {
    this.socket = socket;
    this.sopClasses = sopClasses;
    socket.setSoTimeout(address.timeouts().answerMillis());
    socket.connect(
        new InetSocketAddress(address.host(), address.port()), address.timeouts().connectMillis());
    this.out = new DataOutputStream(socket.getOutputStream());
    this.in = new DataInputStream(socket.getInputStream());
    send(Pdus.ASSOCIATE_REQUEST, Pdus.associate(address, sopClasses, StoredObject.TRANSFER_SYNTAX));
    this.fragment = accepted(read());
  }

  /**
   * @param objects that are to be stored
   * @throws NotAssociatedException where the archive refuses, if only one kind of them
   * @throws IOException where it cannot be reached, or does not keep to the protocol
   */
  static StoreAssociation open(StoreAddress address, List<StoredObject> objects)
      throws IOException {
    Socket socket = ReceiverSocket.of(address.tls());
    boolean open = false;
    try {
      StoreAssociation association =
          new StoreAssociation(
              socket, address, objects.stream().map(StoredObject::sopClass).distinct().toList());
      open = true;
      return association;
    } finally {
      if (!open) {
        socket.close();
      }
    }
  }

  /**
   * @return most bytes of a fragment
   */
  private int accepted(Pdu pdu) throws IOException {
    if (pdu.type() == Pdus.ASSOCIATE_REJECT && pdu.body().limit() > REASON) {
      throw new NotAssociatedException(
          "it rejects the association (source %d, reason %d); are the AE titles right?"
              .formatted(pdu.body().get(2), pdu.body().get(REASON)));
    }
    if (pdu.type() != Pdus.ASSOCIATE_ACCEPT || pdu.body().limit() < FIXED) {
      throw new NotAssociatedException("it does not answer as DICOM does");
    }
    int longest = 0;
    ByteBuffer items = pdu.body().position(FIXED);
    while (items.remaining() >= 4) {
      int type = Byte.toUnsignedInt(items.get());
      items.get();
      ByteBuffer value = items.slice(items.position() + 2, length(items));
      items.position(items.position() + 2 + value.limit());
      if (type == Pdus.CONTEXT_REPLY && (value.limit() <= RESULT || value.get(RESULT) != 0)) {
        throw new NotAssociatedException(
            "it does not take %s in Explicit VR Little Endian".formatted(named(value)));
      }
      if (type == Pdus.USER_INFORMATION) {
        longest = maxLength(value);
      }
    }
    int usual = longest == 0 ? LONGEST : longest;
    return Math.max(SHORTEST_FRAGMENTS, Math.min(usual, 1 << 16) - FRAGMENT_HEADER);
  }

  /** What a context was proposed for. */
  private String named(ByteBuffer reply) {
    boolean maps =
        reply.hasRemaining()
            && reply.get(0) == Pdus.context(sopClasses.indexOf(CaptureDocument.SOP_CLASS));
    return maps
        ? "Secondary Capture, which pictures are (send none: leave out --maps-store)"
        : "Comprehensive SR";
  }

  private static int length(ByteBuffer items) throws IOException {
    int length = Short.toUnsignedInt(items.getShort(items.position()));
    if (length + 2 > items.remaining()) {
      throw new NotAssociatedException("it does not answer as DICOM does");
    }
    return length;
  }

  private static int maxLength(ByteBuffer user) throws IOException {
    while (user.remaining() >= 4) {
      int type = Byte.toUnsignedInt(user.get());
      user.get();
      int length = length(user);
      user.getShort();
      if (type == Pdus.MAX_LENGTH && length == Integer.BYTES) {
        return Math.max(0, user.getInt());
      }
      user.position(user.position() + length);
    }
    return 0;
  }

  /**
   * @return status of the answer
   */
  int store(StoredObject object) throws IOException {
    messages = messages % Short.MAX_VALUE + 1;
    byte context = (byte) Pdus.context(sopClasses.indexOf(object.sopClass()));
    send(StoreCommand.request(messages, object.sopClass(), object.instance()), context, COMMAND);
    send(object.dataSet(), context, 0);
    return answer();
  }

  private void send(byte[] message, byte context, int kind) throws IOException {
    for (int at = 0; at < message.length; at += fragment) {
      int length = Math.min(fragment, message.length - at);
      int last = at + length == message.length ? LAST : 0;
      ByteBuffer body = ByteBuffer.allocate(FRAGMENT_HEADER + length);
      body.putInt(length + 2).put(context).put((byte) (kind | last));
      send(Pdus.DATA, body.put(message, at, length).array());
    }
  }

  private int answer() throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    boolean whole = false;
    while (!whole) {
      Pdu pdu = read();
      if (pdu.type() != Pdus.DATA) {
        throw new IOException("the archive ended the association");
      }
      ByteBuffer body = pdu.body();
      while (body.remaining() >= FRAGMENT_HEADER) {
        int length = body.getInt() - 2;
        body.get();
        int kind = body.get();
        if (length < 0 || length > body.remaining() || command.size() > LONGEST) {
          throw new IOException("the archive's answer is damaged");
        }
        byte[] bytes = new byte[length];
        body.get(bytes);
        command.writeBytes(bytes);
        whole |= (kind & LAST) != 0;
      }
    }
    OptionalInt status = StoreCommand.status(command.toByteArray());
    return status.orElseThrow(() -> new IOException("the archive's answer has no status"));
  }

  private void send(int type, byte[] body) throws IOException {
    ByteBuffer pdu = ByteBuffer.allocate(2 + Integer.BYTES + body.length);
    out.write(pdu.put((byte) type).put((byte) 0).putInt(body.length).put(body).array());
    out.flush();
  }

  private Pdu read() throws IOException {
    int type = in.readUnsignedByte();
    in.readByte();
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("the archive sends what is no DICOM");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    if (type == Pdus.ABORT) {
      throw new IOException("the archive aborted the association");
    }
    return new Pdu(type, ByteBuffer.wrap(body));
  }

  /** So that the archive sees no break. What was answered holds, however this ends. */
  void release() {
    try {
      send(Pdus.RELEASE_REQUEST, new byte[Integer.BYTES]);
      read();
    } catch (IOException e) {
      // The association is over.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.radstream.producers.dicom.listen.pdu;

import io.radstream.producers.dicom.listen.pdu.PduException.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a peer sends. Every length is checked before anything is kept of it. */
public final class PduReader {

  /** Longest PDU with data that is taken, in bytes without its header: what a peer is told. */
  public static final int MAX_LENGTH = 1 << 17;

  /** Bytes before the body of a PDU: type, a reserved one, length. */
  public static final int HEADER_LENGTH = 6;

  /** More than any sender makes; each costs some work. */
  private static final int MAX_FRAGMENTS = 256;

  private static final int FRAGMENT_HEADER = 6;
  private static final int COMMAND = 1;
  private static final int LAST = 2;

  private PduReader() {}

  /**
   * @param header {@link #HEADER_LENGTH} bytes
   * @return how long the body is, in bytes
   * @throws PduException where a peer may send no such PDU
   */
  public static int bodyLength(ByteBuffer header) throws PduException {
    PduType type = PduType.of(header.get(0) & 0xFF);
    if (!type.ofPeer()) {
      throw new PduException(Reason.UNEXPECTED_PDU, "an answer to what was not asked");
    }
    long length = header.getInt(2) & 0xFFFFFFFFL;
    if (!type.allows(length)) {
      throw PduException.invalid("a PDU that is shorter or longer than it may be");
    }
    return (int) length;
  }

  /**
   * @param header as {@link #bodyLength} has passed it
   * @param body whole; what is read refers to it
   * @throws PduException where it is damaged
   */
  public static PeerPdu read(ByteBuffer header, ByteBuffer body) throws PduException {
    try {
      return switch (PduType.of(header.get(0) & 0xFF)) {
        case ASSOCIATE_REQUEST -> AssociateRequestReader.read(body);
        case DATA -> new PeerPdu.Data(fragments(body));
        case RELEASE_REQUEST -> new PeerPdu.ReleaseRequest();
        case ABORT -> new PeerPdu.Abort();
        default -> throw new PduException(Reason.UNEXPECTED_PDU, "a PDU that only we send");
      };
    } catch (BufferUnderflowException e) {
      throw PduException.invalid("a PDU that ends within one of its items");
    }
  }

  private static List<Fragment> fragments(ByteBuffer body) throws PduException {
    List<Fragment> fragments = new ArrayList<>(1);
    while (body.hasRemaining()) {
      if (body.remaining() < FRAGMENT_HEADER || fragments.size() == MAX_FRAGMENTS) {
        throw PduException.invalid("a PDU with too many fragments, or half a one");
      }
      ByteBuffer value = slice(body, body.getInt());
      int context = value.get() & 0xFF;
      int control = value.get();
      fragments.add(
          new Fragment(context, (control & COMMAND) != 0, (control & LAST) != 0, value.slice()));
    }
    return fragments;
  }

  /** The next bytes, which are passed over. */
  static ByteBuffer slice(ByteBuffer from, int length) throws PduException {
    if (length < 0 || length > from.remaining()) {
      throw PduException.invalid("an item that is longer than its PDU");
    }
    ByteBuffer slice = from.slice(from.position(), length);
    from.position(from.position() + length);
    return slice;
  }

  /** All that is left, without the spaces and NULs around it. */
  static String text(ByteBuffer from) {
    String text = StandardCharsets.ISO_8859_1.decode(from).toString();
    int begin = 0;
    int end = text.length();
    while (end > begin && isPadding(text.charAt(end - 1))) {
      end--;
    }
    while (begin < end && isPadding(text.charAt(begin))) {
      begin++;
    }
    return text.substring(begin, end);
  }

  private static boolean isPadding(char c) {
    return c == ' ' || c == '\0';
  }
}

package io.radstream.producers.dicom.listen.pdu;

import io.radstream.producers.dicom.listen.pdu.PeerPdu.AssociateRequest;
import io.radstream.producers.dicom.write.FileMeta;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what a peer is answered: whole PDUs, header and all. */
public final class PduWriter {

  /** Shortest PDU that a peer may ask for, in bytes without the header: one byte a fragment. */
  private static final int SHORTEST = 7;

  private static final int VERSION = 1;
  private static final int FRAGMENT_OVERHEAD = 6;
  private static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  private PduWriter() {}

  /**
   * A-ASSOCIATE-AC.
   *
   * @param window how many operations the peer may have open at a time; written where it asked
   */
  public static byte[] accept(
      AssociateRequest request, List<AnsweredContext> contexts, int window) {
    Bytes body = new Bytes();
    body.shorts(VERSION, 0);
    body.bytes(request.titles());
    body.item(0x10, ascii(APPLICATION_CONTEXT));
    for (AnsweredContext context : contexts) {
      Bytes item = new Bytes();
      item.bytes(context.id(), 0, context.result().code(), 0);
      item.item(0x40, ascii(context.transferSyntax()));
      body.item(0x21, item.toByteArray());
    }
    Bytes user = new Bytes();
    user.item(0x51, ByteBuffer.allocate(4).putInt(PduReader.MAX_LENGTH).array());
    user.item(0x52, ascii(FileMeta.IMPLEMENTATION_CLASS));
    if (request.operations() >= 0) {
      user.item(0x53, ByteBuffer.allocate(4).putShort((short) window).putShort((short) 1).array());
    }
    user.item(0x55, ascii(FileMeta.IMPLEMENTATION_NAME));
    body.item(0x50, user.toByteArray());
    return pdu(PduType.ASSOCIATE_ACCEPT, body.toByteArray());
  }

  /** A-ASSOCIATE-RJ. */
  public static byte[] reject(Rejection rejection) {
    byte[] body = {
      0, (byte) rejection.result(), (byte) rejection.source(), (byte) rejection.reason()
    };
    return pdu(PduType.ASSOCIATE_REJECT, body);
  }

  /** A-RELEASE-RP. */
  public static byte[] releaseReply() {
    return pdu(PduType.RELEASE_REPLY, new byte[4]);
  }

  /** A-ABORT, of the provider: what the peer did, or that this end stops. */
  public static byte[] abort(PduException.Reason reason) {
    return pdu(PduType.ABORT, new byte[] {0, 0, 2, (byte) reason.code()});
  }

  /**
   * A command in as many P-DATA-TFs as it needs.
   *
   * @param maxLength longest PDU that the peer takes, as it said; 0: any
   */
  public static byte[] command(int context, byte[] command, int maxLength) {
    int longest = maxLength == 0 ? PduReader.MAX_LENGTH : Math.max(SHORTEST, maxLength);
    int piece = longest - FRAGMENT_OVERHEAD;
    Bytes pdus = new Bytes();
    for (int from = 0; from < command.length; from += piece) {
      int length = Math.min(piece, command.length - from);
      boolean last = from + length == command.length;
      ByteBuffer body = ByteBuffer.allocate(length + FRAGMENT_OVERHEAD).putInt(length + 2);
      body.put((byte) context).put((byte) (last ? 3 : 1)).put(command, from, length);
      pdus.writeBytes(pdu(PduType.DATA, body.array()));
    }
    return pdus.toByteArray();
  }

  private static byte[] pdu(PduType type, byte[] body) {
    ByteBuffer pdu = ByteBuffer.allocate(PduReader.HEADER_LENGTH + body.length);
    return pdu.put((byte) type.code()).put((byte) 0).putInt(body.length).put(body).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What grows, big-endian. */
  private static final class Bytes extends ByteArrayOutputStream {

    void bytes(int... values) {
      for (int value : values) {
        write(value);
      }
    }

    void bytes(ByteBuffer values) {
      byte[] copy = new byte[values.remaining()];
      values.duplicate().get(copy);
      writeBytes(copy);
    }

    void shorts(int... values) {
      for (int value : values) {
        bytes(value >>> 8, value);
      }
    }

    void item(int type, byte[] value) {
      bytes(type, 0);
      shorts(value.length);
      writeBytes(value);
    }
  }
}

package io.radstream.producers.dicom.listen.dimse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the answer to a request: implicit VR, little-endian, in the order of the tags. */
public final class Response {

  private static final int GROUP_LENGTH_TAG = 0x0000;
  private static final int RESPONDED_MESSAGE_TAG = 0x0120;
  private static final int STATUS_TAG = 0x0900;
  private static final int COMMENT_TAG = 0x0902;

  private static final int ELEMENT_HEADER = 8;

  /** Two UIDs, a comment and the numbers fit several times. */
  private static final int ROOM = 512;

  private final ByteBuffer bytes = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);

  private Response() {}

  /** The command set that answers a request; no data set follows. */
  public static byte[] to(Command request, Status status) {
    Response response = new Response();
    response.header(GROUP_LENGTH_TAG, 4).putInt(0);
    response.text(Command.SOP_CLASS_TAG, request.sopClass(), '\0');
    response.number(Command.FIELD_TAG, request.field() | Command.RESPONSE);
    response.number(RESPONDED_MESSAGE_TAG, request.messageId());
    response.number(Command.DATA_SET_TAG, Command.NO_DATA_SET);
    response.number(STATUS_TAG, status.code());
    response.text(COMMENT_TAG, status.comment(), ' ');
    response.text(Command.SOP_INSTANCE_TAG, request.sopInstance(), '\0');
    return response.finished();
  }

  private byte[] finished() {
    int length = bytes.position();
    int group = length - ELEMENT_HEADER - 4;
    bytes.putInt(ELEMENT_HEADER, group);
    byte[] copy = new byte[length];
    bytes.get(0, copy);
    return copy;
  }

  private void number(int element, int value) {
    header(element, 2).putShort((short) value);
  }

  private void text(int element, String text, char padding) {
    if (text.isEmpty()) {
      return;
    }
    byte[] value =
        (text.length() % 2 == 0 ? text : text + padding).getBytes(StandardCharsets.US_ASCII);
    header(element, value.length).put(value);
  }

  private ByteBuffer header(int element, int length) {
    return bytes.putShort((short) 0).putShort((short) element).putInt(length);
  }
}

package io.radstream.producers.dicom.listen.dimse;

import io.radstream.producers.dicom.listen.pdu.PduException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A request, PS3.7 section 9.3 and annex E.
 *
 * @param field which: {@link #C_ECHO}, {@link #C_STORE}, …
 * @param messageId names it among those of its association
 * @param sopClass affected SOP class UID, empty where it has none
 * @param sopInstance affected SOP instance UID, empty where it has none
 * @param hasDataSet whether a data set follows
 */
public record Command(
    int field, int messageId, String sopClass, String sopInstance, boolean hasDataSet) {

  public static final int C_STORE = 0x0001;
  public static final int C_ECHO = 0x0030;
  public static final int C_CANCEL = 0x0FFF;

  /** Longest command set, in bytes; the longest that is of use has some 500. */
  public static final int MAX_LENGTH = 1 << 14;

  static final int RESPONSE = 0x8000;
  static final int NO_DATA_SET = 0x0101;

  static final int SOP_CLASS_TAG = 0x0002;
  static final int FIELD_TAG = 0x0100;
  static final int MESSAGE_ID_TAG = 0x0110;
  static final int DATA_SET_TAG = 0x0800;
  static final int SOP_INSTANCE_TAG = 0x1000;

  /** Longest UID. */
  private static final int UID_LENGTH = 64;

  /**
   * @param bytes implicit VR, little-endian: a flat list, as of the standard
   * @throws PduException where it is damaged, or a response, as nothing was asked
   */
  public static Command parse(byte[] bytes) throws PduException {
    try {
      return elements(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw damaged();
    }
  }

  private static Command elements(ByteBuffer from) throws PduException {
    int field = -1;
    int messageId = -1;
    int dataSet = NO_DATA_SET;
    String sopClass = "";
    String sopInstance = "";
    while (from.hasRemaining()) {
      int group = from.getShort() & 0xFFFF;
      int element = from.getShort() & 0xFFFF;
      ByteBuffer value = value(from);
      if (group != 0) {
        throw damaged();
      }
      switch (element) {
        case SOP_CLASS_TAG -> sopClass = uid(value);
        case FIELD_TAG -> field = value.getShort() & 0xFFFF;
        case MESSAGE_ID_TAG -> messageId = value.getShort() & 0xFFFF;
        case DATA_SET_TAG -> dataSet = value.getShort() & 0xFFFF;
        case SOP_INSTANCE_TAG -> sopInstance = uid(value);
        default -> {
          // Priority, who asked for a C-MOVE: of no use here.
        }
      }
    }
    // A C-CANCEL names the message that it would end, which is over here by then.
    if (field < 0 || (field & RESPONSE) != 0 || (messageId < 0 && field != C_CANCEL)) {
      throw damaged();
    }
    return new Command(field, messageId, sopClass, sopInstance, dataSet != NO_DATA_SET);
  }

  private static ByteBuffer value(ByteBuffer from) throws PduException {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw damaged();
    }
    ByteBuffer value = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    from.position(from.position() + length);
    return value;
  }

  private static String uid(ByteBuffer value) throws PduException {
    String text = StandardCharsets.ISO_8859_1.decode(value).toString();
    String uid = text.replace('\0', ' ').strip();
    boolean valid = uid.length() <= UID_LENGTH && uid.chars().allMatch(Command::isOfUid);
    if (!valid) {
      throw damaged();
    }
    return uid;
  }

  private static boolean isOfUid(int c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static PduException damaged() {
    return PduException.invalid("a command that is damaged or no request");
  }
}

package io.radstream.results.dicom;

import io.radstream.producers.dicom.write.FileMeta;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a storage SCU says, PS3.8 section 9.3. */
final class Pdus {

  static final int ASSOCIATE_REQUEST = 1;
  static final int ASSOCIATE_ACCEPT = 2;
  static final int ASSOCIATE_REJECT = 3;
  static final int DATA = 4;
  static final int RELEASE_REQUEST = 5;
  static final int RELEASE_REPLY = 6;
  static final int ABORT = 7;

  /** Items of an association. */
  static final int CONTEXT_REPLY = 0x21;

  static final int USER_INFORMATION = 0x50;
  static final int MAX_LENGTH = 0x51;

  private static final String DICOM = "1.2.840.10008.3.1.1.1";
  private static final int OUR_MAX_LENGTH = 1 << 14;
  private static final int RESERVED = 32;

  private Pdus() {}

  /** Of a presentation context the number; they are odd, from 1. */
  static int context(int place) {
    return 2 * place + 1;
  }

  /**
   * @param sopClasses each in a context of its own, in this order
   */
  static byte[] associate(StoreAddress address, List<String> sopClasses, String transferSyntax) {
    ByteArrayOutputStream user = new ByteArrayOutputStream();
    user.writeBytes(
        item(MAX_LENGTH, ByteBuffer.allocate(Integer.BYTES).putInt(OUR_MAX_LENGTH).array()));
    user.writeBytes(item(0x52, ascii(FileMeta.IMPLEMENTATION_CLASS)));
    user.writeBytes(item(0x55, ascii(FileMeta.IMPLEMENTATION_NAME)));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1, 0, 0});
    body.writeBytes(title(address.called().text()));
    body.writeBytes(title(address.calling().text()));
    body.writeBytes(new byte[RESERVED]);
    body.writeBytes(item(0x10, ascii(DICOM)));
    for (int i = 0; i < sopClasses.size(); i++) {
      body.writeBytes(item(0x20, context(i, sopClasses.get(i), transferSyntax)));
    }
    body.writeBytes(item(USER_INFORMATION, user.toByteArray()));
    return body.toByteArray();
  }

  private static byte[] context(int place, String sopClass, String transferSyntax) {
    ByteArrayOutputStream context = new ByteArrayOutputStream();
    context.writeBytes(new byte[] {(byte) context(place), 0, 0, 0});
    context.writeBytes(item(0x30, ascii(sopClass)));
    context.writeBytes(item(0x40, ascii(transferSyntax)));
    return context.toByteArray();
  }

  private static byte[] title(String text) {
    return ascii(String.format(Locale.ROOT, "%-16s", text));
  }

  private static byte[] item(int type, byte[] value) {
    return ByteBuffer.allocate(4 + value.length)
        .put((byte) type)
        .put((byte) 0)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

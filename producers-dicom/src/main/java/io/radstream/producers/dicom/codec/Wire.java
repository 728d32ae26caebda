package io.radstream.producers.dicom.codec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How the program and its workers speak: a length and a codestream one way, an answer the other.
 * Native code may print to the same output, so an answer begins with a sign that it would not
 * print, and what comes before it is passed over.
 */
final class Wire {

  static final int UNPACKED = 1;
  static final int UNREADABLE = 2;
  static final int READY = 3;
  static final int NO_CODECS = 4;

  private static final byte[] SIGN = "\0\1radstream answer\2\0".getBytes(StandardCharsets.US_ASCII);

  /** What native code may print before a worker is given up. */
  private static final int MOST_PRINTED = 1 << 20;

  private Wire() {}

  static void writeRequest(DataOutputStream output, byte[] codestream) throws IOException {
    output.writeInt(codestream.length);
    output.write(codestream);
    output.flush();
  }

  static byte[] readRequest(DataInputStream input) throws IOException {
    byte[] codestream = new byte[input.readInt()];
    input.readFully(codestream);
    return codestream;
  }

  /** Before what the answer is of. */
  static void beginAnswer(DataOutputStream output, int kind) throws IOException {
    output.write(SIGN);
    output.writeByte(kind);
  }

  /**
   * @return the kind of the next answer
   */
  static int awaitAnswer(DataInputStream input) throws IOException {
    int matched = 0;
    for (int passed = 0; passed < MOST_PRINTED; passed++) {
      int next = input.read();
      if (next < 0) {
        throw new EOFException();
      }
      matched = next == SIGN[matched] ? matched + 1 : next == SIGN[0] ? 1 : 0;
      if (matched == SIGN.length) {
        return input.readUnsignedByte();
      }
    }
    throw new IOException("no answer among what was printed");
  }
}

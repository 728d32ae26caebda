package io.radstream.producers.dicom.codec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * A program in the place of the codecs: does to itself what native code may do. The last byte of
 * what it is asked for says what.
 */
final class UnrulyWorker {

  static final byte ANSWER = 1;
  static final byte CRASH = 2;
  static final byte HANG = 3;
  static final byte PRINT_AND_ANSWER = 4;
  static final byte REFUSE = 5;
  static final byte OTHER_PICTURE = 6;

  private UnrulyWorker() {}

  public static void main(String[] arguments) throws Exception {
    DataInputStream input = new DataInputStream(System.in);
    DataOutputStream output = new DataOutputStream(System.out);
    Wire.beginAnswer(output, Wire.READY);
    output.flush();
    while (true) {
      byte[] request = Wire.readRequest(input);
      byte wish = request[request.length - 1];
      if (wish == CRASH) {
        Runtime.getRuntime().halt(139);
      } else if (wish == HANG) {
        new CountDownLatch(1).await();
      } else if (wish == REFUSE) {
        Wire.beginAnswer(output, Wire.UNREADABLE);
      } else {
        answer(wish, output);
      }
      output.flush();
    }
  }

  private static void answer(byte wish, DataOutputStream output) throws IOException {
    if (wish == PRINT_AND_ANSWER) {
      output.writeBytes("warning: \0\1radstream ans\0\1radstream \0\0\1");
    }
    Wire.beginAnswer(output, Wire.UNPACKED);
    output.writeInt(wish == OTHER_PICTURE ? 1_000_000 : 2);
    output.writeInt(1);
    output.writeInt(1);
    output.writeInt(1);
    output.write(new byte[] {7, 8});
  }
}

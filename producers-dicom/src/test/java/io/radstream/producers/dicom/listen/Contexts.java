package io.radstream.producers.dicom.listen;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an A-ASSOCIATE-AC says of presentation contexts. */
final class Contexts {

  record Result(int id, int result, String transferSyntax) {}

  private static final int FIXED = 68;

  private Contexts() {}

  static List<Result> of(byte[] accept) {
    List<Result> results = new ArrayList<>();
    ByteBuffer body = ByteBuffer.wrap(accept).position(FIXED);
    while (body.hasRemaining()) {
      int type = body.get();
      body.get();
      byte[] item = new byte[body.getShort() & 0xFFFF];
      body.get(item);
      if (type == 0x21) {
        String syntax = new String(item, 8, item.length - 8, StandardCharsets.US_ASCII);
        results.add(new Result(item[0], item[2], syntax));
      }
    }
    return results;
  }
}

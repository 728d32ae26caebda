package io.radstream.producers.dicom.edit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Numbers as bytes and as text. */
final class Numbers {

  private Numbers() {}

  /** None where the representation has no numbers. */
  static List<String> decode(String representation, ByteBuffer bytes) {
    ByteBuffer rest = bytes.duplicate().order(bytes.order());
    int width = Representation.width(representation);
    List<String> values = new ArrayList<>();
    while (isNumber(representation) && rest.remaining() >= width) {
      values.add(next(representation, rest));
    }
    return values;
  }

  private static boolean isNumber(String representation) {
    return switch (representation) {
      case "US", "SS", "UL", "SL", "UV", "SV", "FL", "FD" -> true;
      default -> false;
    };
  }

  private static String next(String representation, ByteBuffer bytes) {
    return switch (representation) {
      case "US" -> Integer.toString(Short.toUnsignedInt(bytes.getShort()));
      case "SS" -> Short.toString(bytes.getShort());
      case "UL" -> Integer.toUnsignedString(bytes.getInt());
      case "SL" -> Integer.toString(bytes.getInt());
      case "UV" -> Long.toUnsignedString(bytes.getLong());
      case "SV" -> Long.toString(bytes.getLong());
      case "FL" -> Float.toString(bytes.getFloat());
      default -> Double.toString(bytes.getDouble());
    };
  }

  /**
   * @throws NumberFormatException where a value is no such number
   */
  static ByteBuffer encode(String representation, List<String> values) {
    int width = Representation.width(representation);
    ByteBuffer bytes = ByteBuffer.allocate(values.size() * width).order(ByteOrder.LITTLE_ENDIAN);
    for (String value : values) {
      switch (representation) {
        case "US", "SS" -> bytes.putShort((short) Integer.parseInt(value));
        case "UL", "SL" -> bytes.putInt((int) Long.parseLong(value));
        case "UV" -> bytes.putLong(Long.parseUnsignedLong(value));
        case "SV" -> bytes.putLong(Long.parseLong(value));
        case "FL" -> bytes.putFloat(Float.parseFloat(value));
        case "FD" -> bytes.putDouble(Double.parseDouble(value));
        default -> throw new NumberFormatException("no number is a " + representation);
      }
    }
    return bytes.flip();
  }
}

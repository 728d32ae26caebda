package io.radstream.model.kernels.check;

import java.nio.ByteBuffer;

/** What a device keeps numbers in. */
enum ElementType {
  FLOAT32(4),
  BFLOAT16(2),
  INT64(8),
  INT32(4),
  FLOAT64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  void put(ByteBuffer to, double value) {
    switch (this) {
      case FLOAT32 -> to.putFloat((float) value);
      case BFLOAT16 -> to.putShort(bits((float) value));
      case INT64 -> to.putLong((long) value);
      case INT32 -> to.putInt((int) value);
      case FLOAT64 -> to.putDouble(value);
    }
  }

  double get(ByteBuffer from) {
    return switch (this) {
      case FLOAT32 -> from.getFloat();
      case BFLOAT16 -> Float.intBitsToFloat(from.getShort() << 16);
      case INT64 -> from.getLong();
      case INT32 -> from.getInt();
      case FLOAT64 -> from.getDouble();
    };
  }

  /** The value as it is kept. */
  double kept(double value) {
    return switch (this) {
      case FLOAT32 -> (float) value;
      case BFLOAT16 -> Float.intBitsToFloat(bits((float) value) << 16);
      case INT64, INT32, FLOAT64 -> value;
    };
  }

  /** To the nearest, ties to even. */
  private static short bits(float value) {
    int bits = Float.floatToIntBits(value);
    return (short) (Float.isNaN(value) ? 0x7fff : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}

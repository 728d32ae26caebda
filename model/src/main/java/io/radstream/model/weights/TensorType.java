package io.radstream.model.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of numbers in a safetensors file that can be weights. */
public enum TensorType {
  F64(Double.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F32(Float.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return bytes.getFloat();
    }

    @Override
    void read(ByteBuffer bytes, float[] to, int from, int count) {
      bytes.asFloatBuffer().get(to, from, count);
    }
  },
  F16(Short.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return half(bytes.getShort());
    }
  },
  BF16(Short.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
    }
  };

  private static final int HALF_FRACTION = 10;
  private static final int FLOAT_FRACTION = 23;
  private static final int HALF_BIAS = 15;
  private static final int FLOAT_BIAS = 127;
  private static final int HALF_EXPONENTS = 0x1f;

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Of one number. */
  public int bytes() {
    return bytes;
  }

  /** The next number of a little-endian buffer. */
  abstract float next(ByteBuffer bytes);

  /** So many numbers of a little-endian buffer. */
  void read(ByteBuffer bytes, float[] to, int from, int count) {
    for (int i = from; i < from + count; i++) {
      to[i] = next(bytes);
    }
  }

  /** Empty for integers, truth values and types that are not known here. */
  static Optional<TensorType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** IEEE 754 binary16; Java has this from version 20 on. */
  private static float half(short bits) {
    int exponent = (bits >> HALF_FRACTION) & HALF_EXPONENTS;
    int fraction = bits & ((1 << HALF_FRACTION) - 1);
    float size;
    if (exponent == 0) {
      size = fraction * 0x1p-24f;
    } else if (exponent == HALF_EXPONENTS) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      size =
          Float.intBitsToFloat(
              ((exponent + FLOAT_BIAS - HALF_BIAS) << FLOAT_FRACTION)
                  | (fraction << (FLOAT_FRACTION - HALF_FRACTION)));
    }
    return bits < 0 ? -size : size;
  }
}

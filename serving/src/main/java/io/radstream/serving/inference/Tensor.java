package io.radstream.serving.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An output's values, in row-major order. */
sealed interface Tensor {

  String name();

  String datatype();

  List<Long> shape();

  /** As JSON has them, in one row. */
  Object values();

  /** As the binary extension has them. */
  byte[] bytes();

  /** FP32. */
  @SuppressWarnings("ArrayRecordComponent") // written out once, never compared
  record Floats(String name, List<Long> shape, float[] values) implements Tensor {

    @Override
    public String datatype() {
      return "FP32";
    }

    @Override
    public byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
      return bytes.array();
    }
  }

  /** BYTES of one dimension, which are text. */
  record Texts(String name, List<String> values) implements Tensor {

    @Override
    public String datatype() {
      return "BYTES";
    }

    @Override
    public List<Long> shape() {
      return List.of((long) values.size());
    }

    @Override
    public byte[] bytes() {
      List<byte[]> texts =
          values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
      int size = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
      ByteBuffer bytes = ByteBuffer.allocate(size);
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      texts.forEach(text -> bytes.putInt(text.length).put(text));
      return bytes.array();
    }
  }
}

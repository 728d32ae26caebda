package io.radstream.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Vectors as a safetensors file of one tensor, rows × dimensions, of float32. The network's own
 * files are read where tensors are; this is for whoever has no use for an engine.
 */
final class VectorFile {

  private static final String NAME = "vectors";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final int ALIGNMENT = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private VectorFile() {}

  /**
   * @param vectors at least one, all of one length
   */
  static byte[] bytes(float[][] vectors) {
    int dimensions = vectors[0].length;
    int data = Math.multiplyExact(Math.multiplyExact(vectors.length, dimensions), Float.BYTES);
    ObjectNode header = JSON.createObjectNode();
    ObjectNode entry = header.putObject(NAME).put("dtype", "F32");
    entry.putArray(SHAPE).add(vectors.length).add(dimensions);
    entry.putArray(OFFSETS).add(0).add(data);
    StringBuilder text = new StringBuilder(header.toString());
    while (text.length() % ALIGNMENT != 0) {
      text.append(' ');
    }
    byte[] head = text.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(Long.BYTES + head.length, data))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(head.length).put(head);
    for (float[] vector : vectors) {
      file.asFloatBuffer().put(vector);
      file.position(file.position() + dimensions * Float.BYTES);
    }
    return file.array();
  }

  /**
   * @throws IllegalArgumentException where it is no such file
   */
  static float[][] vectors(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    require(bytes.length > Long.BYTES);
    long length = file.getLong();
    require(length > 0 && length <= file.remaining());
    byte[] head = new byte[(int) length];
    file.get(head);
    JsonNode entry = header(head).path(NAME);
    require(entry.path("dtype").asText().equals("F32"));
    List<Long> shape = numbers(entry.path(SHAPE));
    long rows = shape.get(0);
    long dimensions = shape.get(1);
    int data = file.remaining();
    // Neither product overflows: no side is larger than the file.
    require(rows > 0 && dimensions > 0 && rows <= data && dimensions <= data);
    require(rows * dimensions * Float.BYTES == data);
    require(numbers(entry.path(OFFSETS)).equals(List.of(0L, (long) data)));
    float[][] vectors = new float[(int) rows][(int) dimensions];
    for (float[] vector : vectors) {
      file.asFloatBuffer().get(vector);
      file.position(file.position() + vector.length * Float.BYTES);
    }
    return vectors;
  }

  private static JsonNode header(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("its header is no JSON", e);
    }
  }

  private static List<Long> numbers(JsonNode two) {
    require(two.isArray() && two.size() == 2);
    require(two.get(0).canConvertToLong() && two.get(1).canConvertToLong());
    return List.of(two.get(0).asLong(), two.get(1).asLong());
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("it does not hold the vectors that its header says");
    }
  }
}

package io.radstream.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of vectors as a safetensors file: tensors of float32, rows × dimensions, one behind the
 * other. The network's own files are read where tensors are; this is for whoever has no use for an
 * engine.
 */
final class VectorFile {

  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final int ALIGNMENT = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private VectorFile() {}

  /**
   * @param lists by name; each at least one vector, all of a list of one length
   */
  static byte[] bytes(Map<String, float[][]> lists) {
    ObjectNode header = JSON.createObjectNode();
    int end = 0;
    for (Map.Entry<String, float[][]> list : lists.entrySet()) {
      float[][] vectors = list.getValue();
      int begin = end;
      int row = Math.multiplyExact(vectors[0].length, Float.BYTES);
      end = Math.addExact(begin, Math.multiplyExact(vectors.length, row));
      ObjectNode entry = header.putObject(list.getKey()).put("dtype", "F32");
      entry.putArray(SHAPE).add(vectors.length).add(vectors[0].length);
      entry.putArray(OFFSETS).add(begin).add(end);
    }
    StringBuilder text = new StringBuilder(header.toString());
    while (text.length() % ALIGNMENT != 0) {
      text.append(' ');
    }
    byte[] head = text.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(Long.BYTES + head.length, end))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(head.length).put(head);
    for (float[][] vectors : lists.values()) {
      for (float[] vector : vectors) {
        file.asFloatBuffer().put(vector);
        file.position(file.position() + vector.length * Float.BYTES);
      }
    }
    return file.array();
  }

  /**
   * @param names of the lists, in their order in the file
   * @throws IllegalArgumentException where it is no such file
   */
  static Map<String, float[][]> vectors(byte[] bytes, List<String> names) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    require(bytes.length > Long.BYTES);
    long length = file.getLong();
    require(length > 0 && length <= file.remaining());
    byte[] head = new byte[(int) length];
    file.get(head);
    JsonNode header = header(head);
    Map<String, float[][]> lists = new LinkedHashMap<>();
    long end = 0;
    for (String name : names) {
      JsonNode entry = header.path(name);
      float[][] vectors = next(file, entry);
      long begin = end;
      end += (long) vectors.length * vectors[0].length * Float.BYTES;
      require(numbers(entry.path(OFFSETS)).equals(List.of(begin, end)));
      lists.put(name, vectors);
    }
    require(!file.hasRemaining());
    return lists;
  }

  private static float[][] next(ByteBuffer file, JsonNode entry) {
    require(entry.path("dtype").asText().equals("F32"));
    List<Long> shape = numbers(entry.path(SHAPE));
    long rows = shape.get(0);
    long dimensions = shape.get(1);
    int data = file.remaining();
    // The product does not overflow: no side is larger than the file.
    require(rows > 0 && dimensions > 0 && rows <= data && dimensions <= data);
    require(rows * dimensions * Float.BYTES <= data);
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

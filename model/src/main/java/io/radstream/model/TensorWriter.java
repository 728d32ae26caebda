package io.radstream.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes float32 tensors with the mark {@code format: pt} that Hugging Face's libraries look for
 * and the engine's own encoder leaves out.
 */
final class TensorWriter {

  private static final int ALIGNMENT = 8;
  private static final int BUFFER = 1 << 20;

  private TensorWriter() {}

  static void write(Path file, Map<String, NDArray> tensors) throws IOException {
    byte[] header = header(tensors);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.write(length.putLong(header.length).array());
      out.write(header);
      for (NDArray tensor : tensors.values()) {
        float[] values = tensor.toFloatArray();
        ByteBuffer bytes =
            ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
      }
    }
  }

  private static byte[] header(Map<String, NDArray> tensors) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode header = json.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long end = 0;
    for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
      long[] sides = tensor.getValue().getShape().getShape();
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", TensorType.F32.name());
      entry.set("shape", json.valueToTree(sides));
      long begin = end;
      end += tensor.getValue().size() * Float.BYTES;
      entry.putArray("data_offsets").add(begin).add(end);
    }
    byte[] text = json.writeValueAsBytes(header);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] aligned = Arrays.copyOf(text, padded);
    Arrays.fill(aligned, text.length, padded, (byte) ' ');
    return aligned;
  }
}

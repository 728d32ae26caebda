package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
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
 * Writes safetensors files. The engine's own encoder cannot: its offsets end at 2 GiB, and it
 * leaves out the mark {@code format: pt} that Hugging Face's libraries look for.
 */
public final class TensorWriter {

  private static final int ALIGNMENT = 8;
  private static final int BUFFER = 1 << 20;

  private TensorWriter() {}

  public static void write(Path file, Map<String, NDArray> tensors) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      write(out, tensors);
    }
  }

  /** The bytes of the file. */
  public static void write(OutputStream out, Map<String, NDArray> tensors) throws IOException {
    byte[] header = header(tensors);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    for (NDArray tensor : tensors.values()) {
      out.write(tensor.toByteArray());
    }
  }

  /** As long as {@link #ALIGNMENT} wants it, without the 8 bytes that tell its length. */
  static byte[] header(Map<String, NDArray> tensors) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode header = json.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long end = 0;
    for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
      DataType type = tensor.getValue().getDataType();
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", type.asSafetensors());
      entry.set("shape", json.valueToTree(tensor.getValue().getShape().getShape()));
      long begin = end;
      end += tensor.getValue().size() * type.getNumOfBytes();
      entry.putArray("data_offsets").add(begin).add(end);
    }
    byte[] text = json.writeValueAsBytes(header);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] aligned = Arrays.copyOf(text, padded);
    Arrays.fill(aligned, text.length, padded, (byte) ' ');
    return aligned;
  }
}

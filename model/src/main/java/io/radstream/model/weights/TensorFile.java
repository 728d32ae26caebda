package io.radstream.model.weights;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A safetensors file: names, shapes and numbers, and no code that could run on loading. Its header
 * is checked whole, each tensor is read when it is asked for.
 *
 * @param dataStart where the numbers begin, in bytes
 */
public record TensorFile(Path file, Map<String, Entry> entries, long dataStart) {

  /** As other readers of the format have it. */
  private static final long LONGEST_HEADER = 100_000_000;

  /** Small: each tensor has one, and Java keeps large ones apart until it has collected a lot. */
  private static final int BUFFER = 1 << 16;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @param typeName as the file has it
   * @param begin first byte behind the header
   * @param end last byte, exclusive
   */
  public record Entry(String typeName, Shape shape, long begin, long end) {

    /** Empty where it is none of {@link TensorType}. */
    public Optional<TensorType> type() {
      return TensorType.of(typeName);
    }
  }

  /**
   * @throws IOException where it cannot be read or is no whole safetensors file
   */
  public static TensorFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      long header = headerLength(file, channel, size);
      byte[] text = new byte[Math.toIntExact(header)];
      fill(file, channel, ByteBuffer.wrap(text), Long.BYTES);
      Map<String, Entry> entries = entries(file, text);
      requireCovered(file, entries, size - Long.BYTES - header);
      return new TensorFile(file, entries, Long.BYTES + header);
    }
  }

  /**
   * The numbers of a tensor.
   *
   * @throws IOException where it cannot be read, or has numbers that are infinite or not a number
   */
  public FloatTensor read(String name) throws IOException {
    Entry entry = entries.get(name);
    TensorType type = entry.type().orElseThrow();
    float[] values = new float[Math.toIntExact(entry.shape().size())];
    int perBuffer = Math.min(values.length, BUFFER / type.bytes());
    ByteBuffer buffer =
        ByteBuffer.allocate(perBuffer * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      for (int from = 0; from < values.length; from += perBuffer) {
        int count = Math.min(perBuffer, values.length - from);
        buffer.clear().limit(count * type.bytes());
        fill(file, channel, buffer, dataStart + entry.begin() + (long) from * type.bytes());
        buffer.flip();
        type.read(buffer, values, from, count);
      }
    }
    FloatTensor tensor = new FloatTensor(entry.shape(), values);
    if (!tensor.isFinite()) {
      throw new IOException(
          "tensor %s of %s has values that are not finite numbers".formatted(name, file));
    }
    return tensor;
  }

  private static long headerLength(Path file, FileChannel channel, long size) throws IOException {
    if (size < Long.BYTES) {
      throw damaged(file, "it is shorter than a header", null);
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(file, channel, length, 0);
    long header = length.getLong(0);
    if (header < 2 || header > size - Long.BYTES || header > LONGEST_HEADER) {
      throw damaged(file, "its header does not fit into it", null);
    }
    return header;
  }

  private static void fill(Path file, FileChannel channel, ByteBuffer buffer, long from)
      throws IOException {
    long position = from;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw damaged(file, "it ends too early", new EOFException());
      }
      position += read;
    }
  }

  private static Map<String, Entry> entries(Path file, byte[] header) throws IOException {
    try {
      Map<String, Entry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : JSON.readTree(header).properties()) {
        if (!field.getKey().equals("__metadata__")) {
          entries.put(field.getKey(), entry(field.getValue()));
        }
      }
      return entries;
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON", e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw damaged(file, "its header describes no tensors", e);
    }
  }

  private static Entry entry(JsonNode described) {
    long[] sides = counts(described.path("shape"));
    long[] offsets = counts(described.path("data_offsets"));
    require(offsets.length == 2);
    Entry entry =
        new Entry(described.path("dtype").asText(), new Shape(sides), offsets[0], offsets[1]);
    long elements = 1;
    for (long side : sides) {
      elements = Math.multiplyExact(elements, side);
    }
    require(entry.begin() <= entry.end());
    if (entry.type().isPresent()) {
      long bytes = Math.multiplyExact(elements, entry.type().get().bytes());
      require(bytes == entry.end() - entry.begin());
    }
    return entry;
  }

  private static long[] counts(JsonNode numbers) {
    require(numbers.isArray());
    return StreamSupport.stream(numbers.spliterator(), false)
        .mapToLong(
            number -> {
              require(number.isIntegralNumber() && number.canConvertToLong());
              require(number.longValue() >= 0);
              return number.longValue();
            })
        .toArray();
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }

  /** Tensors neither overlap nor leave gaps, and end where the file does. */
  private static void requireCovered(Path file, Map<String, Entry> entries, long size)
      throws IOException {
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : inOrder) {
      if (entry.begin() != end) {
        throw damaged(file, "its tensors overlap or leave gaps", null);
      }
      end = entry.end();
    }
    if (end != size) {
      throw damaged(file, "%d bytes of numbers of %d are there".formatted(size, end), null);
    }
  }

  private static IOException damaged(Path file, String why, Exception cause) {
    return new IOException(file + " is not a whole safetensors file: " + why, cause);
  }
}

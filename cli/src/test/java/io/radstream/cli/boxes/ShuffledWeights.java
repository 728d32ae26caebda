package io.radstream.cli.boxes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Predicate;

/** A safetensors file in which the values of some tensors change places: as large, and untaught. */
record ShuffledWeights(Path file) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param names of tensors of float32
   */
  void shuffle(Predicate<String> names, long seed) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong(0));
    JsonNode tensors =
        JSON.readTree(new String(bytes.array(), Long.BYTES, header, StandardCharsets.UTF_8));
    Random random = new Random(seed);
    tensors.properties().stream()
        .filter(tensor -> names.test(tensor.getKey()) && tensor.getValue().has("data_offsets"))
        .map(tensor -> tensor.getValue().get("data_offsets"))
        .forEach(
            at -> {
              int begin = Long.BYTES + header + at.get(0).intValue();
              int length = at.get(1).intValue() - at.get(0).intValue();
              shuffle(
                  bytes.slice(begin, length).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(),
                  random);
            });
    Files.write(file, bytes.array());
  }

  private static void shuffle(FloatBuffer values, Random random) {
    for (int i = values.capacity() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      float value = values.get(i);
      values.put(i, values.get(other)).put(other, value);
    }
  }
}

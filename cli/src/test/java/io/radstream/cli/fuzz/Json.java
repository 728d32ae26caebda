package io.radstream.cli.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.radiology.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Spoils JSON that stays JSON: fields that are missing, twice, or of another kind. */
final class Json {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONG = 5_000;

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e99",
          "\"\"",
          "[]",
          "{}",
          "[null]",
          "[[[[]]]]",
          "\"\\u0000\"",
          "9223372036854775808",
          "\"\\ud800\"",
          "1.5",
          "{\"\":null}",
          "\"9\"",
          "[1,\"a\",{}]");

  private Json() {}

  static boolean looksLike(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == '{' && bytes[bytes.length - 1] == '}';
  }

  static byte[] changed(byte[] bytes, CounterRandom random) {
    try {
      JsonNode root = JSON.readTree(bytes);
      for (int i = random.nextInt(3); i >= 0; i--) {
        change(root, random);
      }
      return JSON.writeValueAsBytes(root);
    } catch (IOException e) {
      return bytes;
    }
  }

  private static void change(JsonNode root, CounterRandom random) throws IOException {
    List<ContainerNode<?>> all = new ArrayList<>();
    gather(root, all);
    ContainerNode<?> one = all.get(random.nextInt(all.size()));
    if (one instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      change(object, names.get(random.nextInt(names.size())), random);
    } else if (one instanceof ArrayNode array) {
      change(array, random);
    }
  }

  private static void change(ObjectNode object, String name, CounterRandom random)
      throws IOException {
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name + "x", object.remove(name));
      case 2 -> object.set(name, JSON.createArrayNode().add(object.get(name)));
      case 3 -> object.set("x".repeat(1 + random.nextInt(LONG)), object.get(name));
      default -> object.set(name, value(random));
    }
  }

  private static void change(ArrayNode array, CounterRandom random) throws IOException {
    if (array.isEmpty() || random.nextInt(4) == 0) {
      array.add(value(random));
      return;
    }
    int at = random.nextInt(array.size());
    switch (random.nextInt(3)) {
      case 0 -> array.remove(at);
      case 1 -> array.set(at, value(random));
      default -> {
        JsonNode again = array.get(at).deepCopy();
        for (int i = random.nextInt(100); i >= 0; i--) {
          array.add(again);
        }
      }
    }
  }

  private static JsonNode value(CounterRandom random) throws JsonProcessingException {
    if (random.nextInt(8) == 0) {
      return JSON.getNodeFactory().textNode("é".repeat(random.nextInt(LONG)));
    }
    return JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
  }

  private static void gather(JsonNode node, List<ContainerNode<?>> all) {
    if (node instanceof ContainerNode<?> container) {
      all.add(container);
      node.forEach(child -> gather(child, all));
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.radstream.trainer.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A complete tree of settings whose leaves can be replaced, but by their own kind only. */
final class ConfigTree {

  /** Names from the root to a setting. */
  record Path(List<String> names) {

    static Path of(String dotted) {
      return new Path(List.of(dotted.split("\\.", -1)));
    }

    Path child(String name) {
      List<String> longer = new ArrayList<>(names);
      longer.add(name);
      return new Path(List.copyOf(longer));
    }

    @Override
    public String toString() {
      return String.join(".", names);
    }
  }

  private final ObjectNode root;

  private final Map<String, ObjectNode> items;

  /**
   * @param items what an item is like, where nothing else is said, of each list of sections; all
   *     others are lists of names, or of whole numbers where the first is one
   */
  ConfigTree(ObjectNode root, Map<String, ObjectNode> items) {
    this.root = root;
    this.items = Map.copyOf(items);
  }

  ObjectNode root() {
    return root;
  }

  void merge(JsonNode settings) {
    if (settings.isMissingNode() || settings.isNull()) {
      return; // an empty file
    }
    mergeSection(root, settings, new Path(List.of()));
  }

  void set(Path path, JsonNode value) {
    ObjectNode section = root;
    Path here = new Path(List.of());
    List<String> parents = path.names().subList(0, path.names().size() - 1);
    for (String name : parents) {
      here = here.child(name);
      requireKnown(section, name, here);
      if (!(section.get(name) instanceof ObjectNode below)) {
        throw new InvalidConfigException(here + " is a single value; there is no " + path);
      }
      section = below;
    }
    replace(section, path.names().get(path.names().size() - 1), value, path);
  }

  private void mergeSection(ObjectNode target, JsonNode settings, Path path) {
    if (!settings.isObject()) {
      throw new InvalidConfigException(
          (path.names().isEmpty() ? "the configuration" : path)
              + " is a section; possible keys: "
              + keys(target));
    }
    settings
        .properties()
        .forEach(
            entry -> replace(target, entry.getKey(), entry.getValue(), path.child(entry.getKey())));
  }

  private void replace(ObjectNode section, String name, JsonNode value, Path path) {
    requireKnown(section, name, path);
    if (section.get(name) instanceof ObjectNode below) {
      mergeSection(below, value, path);
    } else {
      section.set(name, sameKind(section.get(name), value, path));
    }
  }

  private static void requireKnown(ObjectNode section, String name, Path path) {
    if (!section.has(name)) {
      throw new InvalidConfigException(
          "unknown configuration key " + path + "; possible keys: " + keys(section));
    }
  }

  private JsonNode sameKind(JsonNode old, JsonNode value, Path path) {
    if (old.isTextual() && isScalar(value)) {
      return TextNode.valueOf(value.asText());
    }
    if (old instanceof ArrayNode names) {
      return list(names, value, path);
    }
    if (old.isBoolean() && value.isBoolean()) {
      return value;
    }
    if (old.isFloatingPointNumber()) {
      return DoubleNode.valueOf(number(value, path));
    }
    boolean fits = old.isInt() ? value.canConvertToInt() : value.canConvertToLong();
    if (old.isIntegralNumber() && value.isIntegralNumber() && fits) {
      return value;
    }
    throw wrong(path, value, kind(old));
  }

  private static String kind(JsonNode old) {
    if (old.isTextual()) {
      return "a name";
    }
    return old.isBoolean() ? "true or false" : "a whole number";
  }

  private static boolean isScalar(JsonNode value) {
    return value.isValueNode() && !value.isNull();
  }

  private ArrayNode list(ArrayNode old, JsonNode value, Path path) {
    if (!value.isArray()) {
      throw wrong(path, value, "a list, as [one, other]");
    }
    ArrayNode list = old.arrayNode();
    for (JsonNode item : value) {
      list.add(item(old, item, path));
    }
    return list;
  }

  private JsonNode item(ArrayNode old, JsonNode item, Path path) {
    ObjectNode section = items.get(path.toString());
    if (section != null) {
      ObjectNode filled = section.deepCopy();
      mergeSection(filled, item, path);
      return filled;
    }
    if (old.path(0).isIntegralNumber()) {
      return sameKind(old.get(0), item, path);
    }
    if (!isScalar(item)) {
      throw wrong(path, item, "a name");
    }
    return TextNode.valueOf(item.asText());
  }

  private static double number(JsonNode value, Path path) {
    try {
      // YAML 1.1 takes 1e-4, which has no point, for a text.
      double number =
          value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText("none"));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, in the same words as an infinite one
    }
    throw wrong(path, value, "a number");
  }

  private static InvalidConfigException wrong(Path path, JsonNode value, String expected) {
    return new InvalidConfigException(
        "wrong value for configuration key %s: %s is not %s".formatted(path, value, expected));
  }

  private static String keys(ObjectNode section) {
    List<String> names = new ArrayList<>();
    section.fieldNames().forEachRemaining(names::add);
    return String.join(", ", names);
  }
}

package io.radstream.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run was told.
 *
 * @param line model line
 * @param time when they were told of
 * @param json the whole configuration
 * @param values one for each setting, by its dotted name, as {@code --set} takes it
 */
public record RunSettings(
    String line, String run, Instant time, String json, SortedMap<String, String> values) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public RunSettings {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * @throws IllegalArgumentException where that is no configuration
   */
  public static RunSettings of(String line, String run, Instant time, String json) {
    SortedMap<String, String> values = new TreeMap<>();
    try {
      flatten("", JSON.readTree(json), values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the settings of a run are no JSON", e);
    }
    return new RunSettings(line, run, time, json, values);
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                      field.getValue(),
                      values));
    } else {
      values.put(prefix, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}

package io.radstream.cli.topics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** An Avro record as JSON that people can read: bytes are counted, long lists cut. */
public final class RecordText {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final int longestList;

  /**
   * @param longestList how many elements of a list are shown
   */
  public RecordText(int longestList) {
    this.longestList = longestList;
  }

  /** Of a record, or of any value in one. */
  public JsonNode of(Object value) {
    if (value instanceof IndexedRecord record) {
      return object(record);
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode node = NODES.objectNode();
      new TreeMap<>(map).forEach((key, entry) -> node.set(String.valueOf(key), of(entry)));
      return node;
    }
    if (value instanceof ByteBuffer bytes) {
      return NODES.textNode("(%d bytes)".formatted(bytes.remaining()));
    }
    return scalar(value);
  }

  private JsonNode object(IndexedRecord record) {
    ObjectNode node = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      node.set(field.name(), of(record.get(field.pos())));
    }
    return node;
  }

  private JsonNode array(List<?> list) {
    ArrayNode node = NODES.arrayNode();
    list.stream().limit(longestList).forEach(element -> node.add(of(element)));
    if (list.size() > longestList) {
      node.add("(and %d more)".formatted(list.size() - longestList));
    }
    return node;
  }

  private static JsonNode scalar(Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Long || value instanceof Integer) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof Double || value instanceof Float) {
      return NODES.numberNode(((Number) value).doubleValue());
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Instant time) {
      return NODES.textNode(time.toString());
    }
    return NODES.textNode(value.toString());
  }
}

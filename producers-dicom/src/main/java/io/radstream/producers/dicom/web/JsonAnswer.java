package io.radstream.producers.dicom.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.radstream.producers.dicom.web.ArchiveException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads answers in JSON, and in the JSON model of DICOM (PS3.18 Annex F). */
final class JsonAnswer {

  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonAnswer() {}

  /**
   * @throws ArchiveException where the archive answered something else, as a page to log in
   * @throws IOException where the connection broke
   */
  static JsonNode tree(String type, InputStream body) throws IOException {
    if (!type.toLowerCase(Locale.ROOT).contains("json")) {
      throw new ArchiveException(
          Kind.BAD_ANSWER,
          "the answer is no JSON; does the address lead to the archive's service?");
    }
    try {
      JsonNode tree = MAPPER.readTree(body);
      return tree == null ? MAPPER.missingNode() : tree;
    } catch (JsonProcessingException e) {
      // Its message would quote what came.
      throw ArchiveException.passing(Kind.BAD_ANSWER, "the answer is no whole JSON", null);
    }
  }

  static List<Entry> entries(String type, InputStream body) throws IOException {
    JsonNode list = tree(type, body);
    if (!list.isArray() && !list.isMissingNode()) {
      throw new ArchiveException(Kind.BAD_ANSWER, "the answer is no list of DICOM objects");
    }
    List<Entry> entries = new ArrayList<>();
    list.forEach(object -> entries.add(entry(object)));
    return entries;
  }

  private static Entry entry(JsonNode object) {
    Map<String, List<String>> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> attribute : object.properties()) {
      List<String> texts = new ArrayList<>();
      attribute.getValue().path("Value").forEach(value -> texts.add(value.asText("").strip()));
      values.put(attribute.getKey().toUpperCase(Locale.ROOT), List.copyOf(texts));
    }
    return new Entry(values);
  }
}

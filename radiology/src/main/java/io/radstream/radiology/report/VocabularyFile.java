package io.radstream.radiology.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tokens of a {@code tokenizer.json}: those of its model and those added to it.
 *
 * @param root of the file
 * @param ids by token, each token's own
 * @param added the tokens that were added, some of which the model has as well
 * @param unknown what stands for a word that no token makes up; empty where the model has none
 */
record VocabularyFile(
    ObjectNode root, Map<String, Integer> ids, List<String> added, Optional<String> unknown) {

  /** More ids than any public vocabulary has: each takes a row of the embedding table. */
  private static final int MOST_IDS = 1 << 20;

  private static final Pattern SPACE = Pattern.compile("\\s", Pattern.UNICODE_CHARACTER_CLASS);

  /** Public ones have some ten; the native library ends the process at 128. */
  private static final int DEEPEST = 100;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /**
   * @throws IOException where the file is no tokenizer.json, or its ids cannot be those of an
   *     embedding table; the message says what to do
   */
  static VocabularyFile read(byte[] tokenizerJson) throws IOException {
    if (!(parse(tokenizerJson) instanceof ObjectNode root)) {
      throw new IOException("not a tokenizer.json: it is no JSON object");
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    JsonNode vocabulary = root.path("model").path("vocab");
    if (vocabulary.isObject()) {
      for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
        ids.put(token.getKey(), id(token.getKey(), token.getValue()));
      }
    } else if (vocabulary.isArray()) {
      // A Unigram model: token and score, the place is the id.
      for (JsonNode token : vocabulary) {
        ids.putIfAbsent(token.path(0).asText(), ids.size());
      }
    } else {
      throw new IOException("not a tokenizer.json: it has no model.vocab");
    }
    List<String> added = new ArrayList<>();
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asText();
      added.add(content);
      addTo(ids, content, id(content, token.path("id")));
    }
    requireEachIdOnce(ids);
    return new VocabularyFile(root, ids, List.copyOf(added), unknown(root.path("model"), ids));
  }

  private static JsonNode parse(byte[] json) throws IOException {
    try {
      JsonNode file = MAPPER.readTree(json);
      requireAll(file);
      return file;
    } catch (JsonProcessingException e) {
      throw new IOException(
          "not a tokenizer.json: it is no whole JSON (%s); copy the file again"
              .formatted(e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  /**
   * The native library takes the process with it when it meets a number or a text that it cannot
   * hold, where it looks at one part of the file after the other.
   */
  private static void requireAll(JsonNode node) throws IOException {
    if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
      throw new IOException("not a tokenizer.json: it has a number that no program can hold");
    }
    requireWhole(node.asText());
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      requireWhole(field.getKey());
    }
    for (JsonNode part : node) {
      requireAll(part);
    }
  }

  private static void requireWhole(String text) throws IOException {
    if (text.codePoints().anyMatch(VocabularyFile::isHalf)) {
      throw new IOException(
          "not a tokenizer.json: it has half of a character (a lone surrogate); copy the file again");
    }
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private static int id(String token, JsonNode id) throws IOException {
    if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
      throw new IOException(
          "the tokenizer's token %s has the id %s; ids are whole numbers from 0"
              .formatted(token, id));
    }
    if (id.intValue() >= MOST_IDS) {
      throw new IOException(
          "the tokenizer's token %s has the id %d; number the tokens on from 0, below %d"
              .formatted(token, id.intValue(), MOST_IDS));
    }
    return id.intValue();
  }

  private static void addTo(Map<String, Integer> ids, String token, int id) throws IOException {
    Integer known = ids.putIfAbsent(token, id);
    if (known != null && known != id) {
      throw new IOException(
          "the tokenizer's token %s has the id %d in model.vocab and %d in added_tokens; give it one"
              .formatted(token, known, id));
    }
  }

  private static void requireEachIdOnce(Map<String, Integer> ids) throws IOException {
    Map<Integer, String> tokens = new HashMap<>();
    for (Map.Entry<String, Integer> token : ids.entrySet()) {
      String other = tokens.putIfAbsent(token.getValue(), token.getKey());
      if (other != null) {
        throw new IOException(
            "the tokenizer's tokens %s and %s have the same id %d; give each its own"
                .formatted(other, token.getKey(), token.getValue()));
      }
    }
  }

  private static Optional<String> unknown(JsonNode model, Map<String, Integer> ids)
      throws IOException {
    JsonNode id = model.path("unk_id");
    if (id.isIntegralNumber()) {
      return ids.entrySet().stream()
          .filter(token -> token.getValue() == id.asInt())
          .map(Map.Entry::getKey)
          .findFirst();
    }
    JsonNode name = model.path("unk_token");
    if (name.isTextual() && !ids.containsKey(name.asText())) {
      throw new IOException(
          "the tokenizer's unk_token %s is not in its vocabulary; add it".formatted(name.asText()));
    }
    return name.isTextual() ? Optional.of(name.asText()) : Optional.empty();
  }

  /**
   * Whether the ids of a text are those of its words between spaces and line ends, one behind the
   * other: with BERT's rules, of a text in which no token spells out a space.
   */
  boolean partsAtSpaces() {
    return isOfType("normalizer", "BertNormalizer")
        && isOfType("pre_tokenizer", "BertPreTokenizer")
        && isOfType("model", "WordPiece")
        && added.stream().noneMatch(token -> token.isEmpty() || SPACE.matcher(token).find());
  }

  private boolean isOfType(String part, String type) {
    return root.path(part).path("type").asText().equals(type);
  }

  /** Number of ids, from 0 to the highest. */
  int size() {
    return ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
  }

  /** Every token at its id; empty for an id that none has. */
  List<String> tokens() {
    String[] tokens = new String[size()];
    Arrays.fill(tokens, "");
    ids.forEach((token, id) -> tokens[id] = token);
    return List.of(tokens);
  }

  /**
   * The file without what would cut or fill up a text, or put tokens around it: that is done here,
   * for all tokenizers alike.
   */
  byte[] bare() {
    return with(NullNode.getInstance());
  }

  /** The file that puts [CLS] and [SEP] around a text by itself. */
  byte[] framed(VocabularyIds vocabulary) {
    return with(TokenizerJson.postProcessor(vocabulary.start(), vocabulary.end()));
  }

  private byte[] with(JsonNode postProcessor) {
    ObjectNode changed = MAPPER.createObjectNode();
    changed.setAll(root);
    changed.putNull("truncation").putNull("padding").set("post_processor", postProcessor);
    try {
      return MAPPER.writeValueAsBytes(changed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was JSON is JSON", e);
    }
  }
}

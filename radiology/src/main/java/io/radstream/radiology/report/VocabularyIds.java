package io.radstream.radiology.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ids of the tokens that mean something to the model.
 *
 * @param size number of ids, from 0
 * @param padding [PAD]
 * @param start [CLS]
 * @param end [SEP]
 * @param left the whole word "left", if the vocabulary has it
 * @param right the whole word "right", if the vocabulary has it
 */
public record VocabularyIds(
    int size, int padding, int start, int end, OptionalInt left, OptionalInt right) {

  static final String PADDING = "[PAD]";
  static final String UNKNOWN = "[UNK]";
  static final String START = "[CLS]";
  static final String END = "[SEP]";
  static final String MASK = "[MASK]";
  static final String LEFT = "left";
  static final String RIGHT = "right";

  private static final Pattern MARKER = Pattern.compile("\\[[^\\[\\]]+\\]");

  static VocabularyIds read(byte[] tokenizerJson) throws IOException {
    JsonNode vocabulary = vocabulary(tokenizerJson);
    int highest = -1;
    for (JsonNode id : vocabulary) {
      highest = Math.max(highest, id.asInt());
    }
    return new VocabularyIds(
        highest + 1,
        special(vocabulary, PADDING),
        special(vocabulary, START),
        special(vocabulary, END),
        word(vocabulary, LEFT),
        word(vocabulary, RIGHT));
  }

  /** Ids of names in brackets: no text has them, because brackets are tokens of their own. */
  static Set<Integer> markers(byte[] tokenizerJson) throws IOException {
    return vocabulary(tokenizerJson).properties().stream()
        .filter(token -> MARKER.matcher(token.getKey()).matches())
        .map(token -> token.getValue().asInt())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static JsonNode vocabulary(byte[] tokenizerJson) throws IOException {
    JsonNode root = new ObjectMapper().readTree(tokenizerJson);
    JsonNode vocabulary = root.path("model").path("vocab");
    if (!vocabulary.isObject()) {
      throw new IOException("not a tokenizer.json: it has no model.vocab");
    }
    return vocabulary;
  }

  /** The same report about a mirrored study: every "left" becomes "right" and back. */
  public int[] mirror(int[] tokens) {
    int[] mirrored = tokens.clone();
    if (left.isEmpty() || right.isEmpty()) {
      return mirrored;
    }
    for (int i = 0; i < mirrored.length; i++) {
      if (mirrored[i] == left.getAsInt()) {
        mirrored[i] = right.getAsInt();
      } else if (mirrored[i] == right.getAsInt()) {
        mirrored[i] = left.getAsInt();
      }
    }
    return mirrored;
  }

  /** Whether {@link #mirror} can be relied on: both words have a token of their own. */
  public boolean canMirror() {
    return left.isPresent() && right.isPresent();
  }

  /** Every token at its id; empty for an id that none has. */
  static List<String> tokens(byte[] tokenizerJson) throws IOException {
    String[] tokens = new String[read(tokenizerJson).size()];
    Arrays.fill(tokens, "");
    vocabulary(tokenizerJson)
        .properties()
        .forEach(token -> tokens[token.getValue().asInt()] = token.getKey());
    return List.of(tokens);
  }

  private static int special(JsonNode vocabulary, String token) throws IOException {
    return word(vocabulary, token)
        .orElseThrow(() -> new IOException("the tokenizer has no " + token + " token"));
  }

  private static OptionalInt word(JsonNode vocabulary, String word) {
    JsonNode id = vocabulary.get(word);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id.asInt());
  }
}

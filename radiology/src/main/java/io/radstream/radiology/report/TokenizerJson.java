package io.radstream.radiology.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes BERT's uncased WordPiece tokenizer in Hugging Face's {@code tokenizer.json} format. */
final class TokenizerJson {

  /** In the order of their ids in a vocabulary of our own. */
  static final List<String> SPECIAL_TOKENS =
      List.of(
          VocabularyIds.PADDING,
          VocabularyIds.UNKNOWN,
          VocabularyIds.START,
          VocabularyIds.END,
          VocabularyIds.MASK);

  /** Longer words become [UNK]; characters. */
  static final int LONGEST_WORD = 100;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TokenizerJson() {}

  /**
   * @param vocabulary tokens to ids, the special tokens among them
   */
  static byte[] write(Map<String, Integer> vocabulary) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", addedTokens(vocabulary));
    root.set("normalizer", normalizer());
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    root.set(
        "post_processor",
        postProcessor(vocabulary.get(VocabularyIds.START), vocabulary.get(VocabularyIds.END)));
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    root.set("model", model(vocabulary));
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always writable", e);
    }
  }

  private static ArrayNode addedTokens(Map<String, Integer> vocabulary) {
    Map<Integer, String> byId = new TreeMap<>();
    SPECIAL_TOKENS.forEach(token -> byId.put(vocabulary.get(token), token));
    ArrayNode tokens = MAPPER.createArrayNode();
    byId.forEach(
        (id, token) ->
            tokens
                .addObject()
                .put("id", id)
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true));
    return tokens;
  }

  private static ObjectNode normalizer() {
    return MAPPER
        .createObjectNode()
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .putNull("strip_accents")
        .put("lowercase", true);
  }

  /** Puts [CLS] in front of a text and [SEP] behind it. */
  static ObjectNode postProcessor(int start, int end) {
    ObjectNode processor = MAPPER.createObjectNode().put("type", "BertProcessing");
    processor.putArray("sep").add(VocabularyIds.END).add(end);
    processor.putArray("cls").add(VocabularyIds.START).add(start);
    return processor;
  }

  private static ObjectNode model(Map<String, Integer> vocabulary) {
    ObjectNode model =
        MAPPER
            .createObjectNode()
            .put("type", "WordPiece")
            .put("unk_token", VocabularyIds.UNKNOWN)
            .put("continuing_subword_prefix", WordPieceMerges.CONTINUATION)
            .put("max_input_chars_per_word", LONGEST_WORD);
    ObjectNode tokens = model.putObject("vocab");
    vocabulary.forEach(tokens::put);
    return model;
  }
}

package io.radstream.radiology.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** Writes small tokenizer.json files as other programs do; single quotes stand for double ones. */
final class TokenizerFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TOKENS =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "small", "left", "lung", "##s", "clear");

  private final ObjectNode root;

  private TokenizerFile(ObjectNode root) {
    this.root = root;
  }

  /** BERT's uncased rules, ids 0 to 9, the special tokens in front, with a post-processor. */
  static TokenizerFile bert() throws IOException {
    ObjectNode root =
        tree(
            """
            {'version': '1.0', 'truncation': null, 'padding': null, 'added_tokens': [],
             'normalizer': {'type': 'BertNormalizer', 'clean_text': true,
               'handle_chinese_chars': true, 'strip_accents': null, 'lowercase': true},
             'pre_tokenizer': {'type': 'BertPreTokenizer'},
             'post_processor': {'type': 'BertProcessing', 'sep': ['[SEP]', 3], 'cls': ['[CLS]', 2]},
             'decoder': {'type': 'WordPiece', 'prefix': '##', 'cleanup': true},
             'model': {'type': 'WordPiece', 'unk_token': '[UNK]', 'vocab': {},
               'continuing_subword_prefix': '##', 'max_input_chars_per_word': 100}}""");
    TokenizerFile file = new TokenizerFile(root);
    TOKENS.forEach(token -> file.vocabulary().put(token, file.vocabulary().size()));
    for (int id = 0; id < 5; id++) {
      file.add(TOKENS.get(id), id);
    }
    return file;
  }

  TokenizerFile with(String field, String json) throws IOException {
    root.set(field, JSON.readTree(json.replace('\'', '"')));
    return this;
  }

  TokenizerFile withModel(String field, String json) throws IOException {
    ((ObjectNode) root.get("model")).set(field, JSON.readTree(json.replace('\'', '"')));
    return this;
  }

  TokenizerFile withNormalizer(String field, boolean value) {
    ((ObjectNode) root.get("normalizer")).put(field, value);
    return this;
  }

  ObjectNode vocabulary() {
    return (ObjectNode) root.get("model").get("vocab");
  }

  TokenizerFile add(String token, Object id) {
    ((ArrayNode) root.get("added_tokens"))
        .addObject()
        .put("content", token)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true)
        .set("id", JSON.<JsonNode>valueToTree(id));
    return this;
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode tree(String json) throws IOException {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }
}

package io.radstream.model.pretrained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which row of the public word embeddings belongs to a token.
 *
 * @param rows by token
 */
record PretrainedVocabulary(Map<String, Integer> rows) {

  private static final String PLAIN = "vocab.txt";
  private static final String TOKENIZER = "tokenizer.json";

  /**
   * Empty where the directory has neither {@code vocab.txt} nor {@code tokenizer.json}.
   *
   * @throws IOException where a file cannot be read or has no vocabulary
   */
  static Optional<PretrainedVocabulary> in(Path directory) throws IOException {
    Path plain = directory.resolve(PLAIN);
    if (Files.exists(plain)) {
      return Optional.of(ofLines(plain));
    }
    Path tokenizer = directory.resolve(TOKENIZER);
    return Files.exists(tokenizer) ? Optional.of(ofTokenizer(tokenizer)) : Optional.empty();
  }

  private static PretrainedVocabulary ofLines(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      Map<String, Integer> rows = new HashMap<>();
      for (int row = 0; row < lines.size(); row++) {
        rows.put(lines.get(row), row);
      }
      return new PretrainedVocabulary(rows);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8", e);
    }
  }

  private static PretrainedVocabulary ofTokenizer(Path file) throws IOException {
    try {
      JsonNode vocabulary =
          new ObjectMapper().readTree(Files.readAllBytes(file)).path("model").path("vocab");
      if (!vocabulary.isObject()) {
        throw new IOException(file + " has no model.vocab that maps tokens to ids");
      }
      Map<String, Integer> rows = new HashMap<>();
      vocabulary.properties().forEach(token -> rows.put(token.getKey(), token.getValue().asInt()));
      return new PretrainedVocabulary(rows);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no JSON", e);
    }
  }

  /** Empty for a token that is not there, or has no row in a table of so many. */
  Optional<Integer> row(String token, int size) {
    return Optional.ofNullable(rows.get(token)).filter(row -> row >= 0 && row < size);
  }
}

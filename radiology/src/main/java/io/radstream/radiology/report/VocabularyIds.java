package io.radstream.radiology.report;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ids of the tokens that mean something to the model.
 *
 * @param size number of ids, from 0 to the highest of the vocabulary and the added tokens
 * @param padding [PAD]
 * @param start [CLS]
 * @param end [SEP]
 * @param left the whole word "left", if the vocabulary has it
 * @param right the whole word "right", if the vocabulary has it
 * @param unknown [UNK], if the vocabulary has it
 */
public record VocabularyIds(
    int size,
    int padding,
    int start,
    int end,
    OptionalInt left,
    OptionalInt right,
    OptionalInt unknown) {

  static final String PADDING = "[PAD]";
  static final String UNKNOWN = "[UNK]";
  static final String START = "[CLS]";
  static final String END = "[SEP]";
  static final String MASK = "[MASK]";
  static final String LEFT = "left";
  static final String RIGHT = "right";

  private static final Pattern MARKER = Pattern.compile("\\[[^\\[\\]]+\\]");

  static VocabularyIds of(VocabularyFile file) throws IOException {
    return new VocabularyIds(
        file.size(),
        special(file, PADDING),
        special(file, START),
        special(file, END),
        word(file, LEFT),
        word(file, RIGHT),
        word(file, UNKNOWN));
  }

  /** Ids of names in brackets: no text has them, because brackets are tokens of their own. */
  static Set<Integer> markers(VocabularyFile file) {
    return file.ids().entrySet().stream()
        .filter(token -> MARKER.matcher(token.getKey()).matches())
        .map(Map.Entry::getValue)
        .collect(Collectors.toUnmodifiableSet());
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

  /** Whether it is the id of [UNK]. */
  boolean isUnknown(int id) {
    return unknown.isPresent() && unknown.getAsInt() == id;
  }

  /** Whether {@link #mirror} can be relied on: both words have a token of their own. */
  public boolean canMirror() {
    return left.isPresent() && right.isPresent();
  }

  private static int special(VocabularyFile file, String token) throws IOException {
    return word(file, token)
        .orElseThrow(
            () ->
                new IOException(
                    ("the tokenizer has no %s token; reports need one with %s, %s and %s, as BERT's"
                            + " tokenizers have them: take such a one, or make one with: radstream"
                            + " tokenizer train")
                        .formatted(token, PADDING, START, END)));
  }

  private static OptionalInt word(VocabularyFile file, String word) {
    Integer id = file.ids().get(word);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }
}

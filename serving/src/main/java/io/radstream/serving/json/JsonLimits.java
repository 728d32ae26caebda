package io.radstream.serving.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * What is read of JSON from outside at most; none of it nests deeper than ten levels.
 *
 * @param tokens of a whole document
 * @param text longest string, in chars
 * @param name longest name of a field, in chars
 * @param number longest number, in digits
 */
public record JsonLimits(int tokens, int text, int name, int number) {

  private static final int DEEPEST = 10;

  /** Names and numbers as long as Jackson takes them. */
  public JsonLimits(int tokens, int text) {
    this(
        tokens,
        text,
        StreamReadConstraints.DEFAULT_MAX_NAME_LEN,
        StreamReadConstraints.DEFAULT_MAX_NUM_LEN);
  }

  /** Makes parsers that fail where a document exceeds these limits. */
  public JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxTokenCount(tokens)
                .maxStringLength(text)
                .maxNameLength(name)
                .maxNumberLength(number)
                .build());
  }
}

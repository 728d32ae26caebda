package io.radstream.radiology.report;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tokenizer in Hugging Face's {@code tokenizer.json} format with BERT's special tokens: [CLS]
 * starts a report, [SEP] ends it, [PAD] fills a batch. Thread-safe.
 */
public final class ReportTokenizer implements AutoCloseable {

  private final byte[] json;
  private final String fingerprint;
  private final HuggingFaceTokenizer tokenizer;
  private final VocabularyIds vocabulary;
  private final Set<Integer> markers;

  private ReportTokenizer(byte[] json) throws IOException {
    this.json = json.clone();
    this.fingerprint = sha256(json);
    this.vocabulary = VocabularyIds.read(json);
    this.markers = VocabularyIds.markers(json);
    this.tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(json), Map.of("padding", "false", "truncation", "false"));
  }

  /**
   * @throws IOException where the file cannot be read, is not a tokenizer.json, or lacks a special
   *     token; the message says which
   */
  public static ReportTokenizer load(Path file) throws IOException {
    return of(Files.readAllBytes(file));
  }

  /** The same from the content of a tokenizer.json. */
  public static ReportTokenizer of(byte[] json) throws IOException {
    return new ReportTokenizer(json);
  }

  /**
   * A tokenizer with BERT's uncased rules over a plain {@code vocab.txt}: one token a line, ids
   * from 0.
   *
   * @throws IOException where the file cannot be read or lacks a special token; the message says
   *     which
   */
  public static ReportTokenizer ofVocabulary(Path vocabularyFile) throws IOException {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (String token : Files.readAllLines(vocabularyFile)) {
      if (vocabulary.putIfAbsent(token, vocabulary.size()) != null) {
        throw new IOException(
            "line %d of %s repeats a token".formatted(vocabulary.size() + 1, vocabularyFile));
      }
    }
    for (String special : TokenizerJson.SPECIAL_TOKENS) {
      if (!vocabulary.containsKey(special)) {
        throw new IOException("%s has no %s token".formatted(vocabularyFile, special));
      }
    }
    return of(TokenizerJson.write(vocabulary));
  }

  /**
   * Token ids from [CLS] to [SEP].
   *
   * @param maxTokens longest result, the two special tokens included, so at least 2; the end of a
   *     longer text is cut off, [SEP] stays
   */
  public int[] encode(String text, int maxTokens) {
    if (maxTokens < 2) {
      throw new IllegalArgumentException(
          "maxTokens is %d; the two special tokens alone need 2".formatted(maxTokens));
    }
    long[] ids = tokenizer.encode(defused(text)).getIds();
    int[] result = new int[Math.min(ids.length, maxTokens)];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.toIntExact(ids[i]);
    }
    result[result.length - 1] = vocabulary.end();
    return result;
  }

  /** How many tokens of the text are [UNK]; 0 where the vocabulary has no such token. */
  public long unknown(String text) {
    return Arrays.stream(tokenizer.encode(defused(text)).getTokens())
        .filter(VocabularyIds.UNKNOWN::equals)
        .count();
  }

  /**
   * A text that spells out "[SEP]" must not end the report. Brackets are tokens of their own
   * anyway, so that a space behind one changes nothing else.
   */
  private static String defused(String text) {
    return text.replace("[", "[ ");
  }

  /** Text of token ids, special tokens left out. */
  public String decode(int[] ids) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      wide[i] = ids[i];
    }
    return tokenizer.decode(wide, true);
  }

  /** Ids of the tokens that mean something to the model. */
  public VocabularyIds vocabulary() {
    return vocabulary;
  }

  /** Every token at its id; empty for an id that none has. */
  public List<String> tokens() {
    try {
      return VocabularyIds.tokens(json);
    } catch (IOException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  /**
   * Ids that stand for no text: [PAD], [UNK], [CLS], [SEP], [MASK], and whatever else is a name in
   * brackets, as BERT's [unused0].
   */
  public Set<Integer> markers() {
    return markers;
  }

  /** Lower-case hexadecimal SHA-256 of the tokenizer.json. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The content of the tokenizer.json. */
  public byte[] json() {
    return json.clone();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

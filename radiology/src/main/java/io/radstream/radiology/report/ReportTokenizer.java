package io.radstream.radiology.report;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.radstream.radiology.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A tokenizer in Hugging Face's {@code tokenizer.json} format with BERT's special tokens: [CLS]
 * starts a report, [SEP] ends it, [PAD] fills a batch. The first two are put around the text here,
 * whatever the file's post-processor does, and no truncation or padding of the file is followed.
 * Thread-safe.
 */
public final class ReportTokenizer implements AutoCloseable {

  /** Public ones take up to some 40 MB; bytes. */
  private static final long LARGEST_FILE = 256L << 20;

  private final byte[] json;
  private final String fingerprint;
  private final HuggingFaceTokenizer tokenizer;
  private final VocabularyIds vocabulary;
  private final Set<Integer> markers;
  private final List<String> tokens;
  private final Function<String, int[]> ids;

  private ReportTokenizer(byte[] json, VocabularyFile file) throws IOException {
    this.json = json.clone();
    this.fingerprint = Sha256.of(json);
    this.vocabulary = VocabularyIds.of(file);
    this.markers = VocabularyIds.markers(file);
    this.tokens = file.tokens();
    this.tokenizer = open(file);
    this.ids = file.partsAtSpaces() ? new WordIds(this::encoded)::of : this::encoded;
  }

  private static HuggingFaceTokenizer open(VocabularyFile file) throws IOException {
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(file.bare()), Map.of("padding", "false", "truncation", "false"));
    } catch (RuntimeException e) {
      throw new IOException("the tokenizer cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * @throws IOException where the file cannot be read, is not a tokenizer.json, or cannot serve;
   *     the message says why and what to do
   */
  public static ReportTokenizer load(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException(
          "%s has %d MB; no tokenizer.json is so large".formatted(file, Files.size(file) >> 20));
    }
    byte[] json = Files.readAllBytes(file);
    try {
      return of(json);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same from the content of a tokenizer.json. Its own words are encoded, to see whether it
   * finds them.
   *
   * @throws IOException where it is none or cannot serve
   */
  public static ReportTokenizer of(byte[] json) throws IOException {
    VocabularyFile file = VocabularyFile.read(json);
    ReportTokenizer tokenizer = new ReportTokenizer(json, file);
    try {
      new TokenizerProbe(file, tokenizer).requireServes();
      return tokenizer;
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
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
    return framed(words(text), maxTokens);
  }

  /** The same of what {@link #words} gave. */
  public int[] framed(int[] words, int maxTokens) {
    if (maxTokens < 2) {
      throw new IllegalArgumentException(
          "maxTokens is %d; the two special tokens alone need 2".formatted(maxTokens));
    }
    int[] result = new int[Math.min(words.length, maxTokens - 2) + 2];
    System.arraycopy(words, 0, result, 1, result.length - 2);
    result[0] = vocabulary.start();
    result[result.length - 1] = vocabulary.end();
    return result;
  }

  /** Ids of a report, without [CLS] and [SEP]. */
  public int[] words(String text) {
    return ids.apply(defused(text));
  }

  /** Ids of a text in which special tokens may be spelled out. */
  int[] encoded(String text) {
    return LongStream.of(tokenizer.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** How many of the ids are [UNK]; 0 where the vocabulary has no such token. */
  public long unknown(int[] words) {
    return Arrays.stream(words).filter(vocabulary::isUnknown).count();
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
    return tokens;
  }

  /**
   * Ids that stand for no text: [PAD], [UNK], [CLS], [SEP], [MASK], and whatever else is a name in
   * brackets, as BERT's [unused0].
   */
  public Set<Integer> markers() {
    return markers;
  }

  /**
   * Ids that a written report must not have: markers but for [SEP], and those that are no token's.
   *
   * @param vocabulary ids that a network knows, from 0
   */
  public Set<Integer> wordless(int vocabulary) {
    Set<Integer> wordless = new HashSet<>(markers);
    wordless.remove(this.vocabulary.end());
    IntStream.range(this.vocabulary.size(), vocabulary).forEach(wordless::add);
    return wordless;
  }

  /** Lower-case hexadecimal SHA-256 of the tokenizer.json. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The content of the tokenizer.json. */
  public byte[] json() {
    return json.clone();
  }

  /**
   * A tokenizer.json that gives other programs the ids that {@link #encode} gives: the own one,
   * unless it leaves [CLS] and [SEP] to others or puts something else around a text.
   */
  public byte[] portableJson() throws IOException {
    try (HuggingFaceTokenizer alone =
        HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Map.of())) {
      long[] around = {vocabulary.start(), vocabulary.end()};
      if (Arrays.equals(alone.encode("").getIds(), around)) {
        return json();
      }
    }
    return VocabularyFile.read(json).framed(vocabulary);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

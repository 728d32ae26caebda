package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a WordPiece vocabulary from reports. The result depends on how often each word occurs and
 * on nothing else: neither on the order of the reports nor on the machine.
 */
public final class WordPieceTrainer {

  /**
   * What vocabulary to make.
   *
   * @param vocabularySize most tokens, the special ones included
   * @param minFrequency how often a pair must occur to be joined, and a character to be known
   */
  public record Options(int vocabularySize, long minFrequency) {

    /** For a hospital's or a public corpus of reports. */
    public static final Options DEFAULT = new Options(8000, 2);

    public Options {
      if (vocabularySize < SMALLEST_VOCABULARY) {
        throw new IllegalArgumentException(
            "vocabulary size is %d; at least %d tokens are needed"
                .formatted(vocabularySize, SMALLEST_VOCABULARY));
      }
      if (minFrequency < 1) {
        throw new IllegalArgumentException(
            "minimum frequency is %d, not 1 or more".formatted(minFrequency));
      }
    }
  }

  /** Room for the special tokens, the forced words and a plain alphabet. */
  private static final int SMALLEST_VOCABULARY = 64;

  /** Words that say where: never spelled in parts, and never unknown on one side only. */
  private static final List<String> FORCED_WORDS = List.of(VocabularyIds.LEFT, VocabularyIds.RIGHT);

  private final Options options;
  private final Map<String, Long> wordCounts = new HashMap<>();

  public WordPieceTrainer(Options options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  /** Trains on all texts that are left in the iterator. */
  public static byte[] train(Iterator<String> texts, Options options) {
    WordPieceTrainer trainer = new WordPieceTrainer(options);
    texts.forEachRemaining(trainer::add);
    return trainer.train();
  }

  /** Counts the words of one text; the text itself is not kept. */
  public void add(String text) {
    BertWords.forEach(text, word -> wordCounts.merge(word, 1L, Long::sum));
  }

  /**
   * The content of a {@code tokenizer.json}, for {@link ReportTokenizer#of}. Without any text it
   * knows the special tokens and the forced words only.
   */
  public byte[] train() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    Stream.concat(TokenizerJson.SPECIAL_TOKENS.stream(), FORCED_WORDS.stream())
        .forEach(token -> append(vocabulary, token));
    alphabet().forEach(token -> append(vocabulary, token));
    WordPieceMerges merges = new WordPieceMerges(trainableWords(vocabulary));
    Optional<String> piece = merges.next(options.minFrequency());
    while (piece.isPresent() && vocabulary.size() < options.vocabularySize()) {
      append(vocabulary, piece.get());
      piece = merges.next(options.minFrequency());
    }
    return TokenizerJson.write(vocabulary);
  }

  private static void append(Map<String, Integer> vocabulary, String token) {
    vocabulary.putIfAbsent(token, vocabulary.size());
  }

  /** The most frequent characters, in at most half of the vocabulary, in alphabetical order. */
  private List<String> alphabet() {
    Map<String, Long> counts = new TreeMap<>();
    wordCounts.forEach(
        (word, count) ->
            WordPieceMerges.characters(word).forEach(c -> counts.merge(c, count, Long::sum)));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= options.minFrequency())
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(options.vocabularySize() / 2)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Words that the tokenizer could spell at all; every other one is [UNK] to it. */
  private Map<String, Long> trainableWords(Map<String, Integer> vocabulary) {
    Map<String, Long> trainable = new HashMap<>();
    wordCounts.forEach(
        (word, count) -> {
          List<String> characters = new ArrayList<>(WordPieceMerges.characters(word));
          if (characters.size() <= TokenizerJson.LONGEST_WORD
              && vocabulary.keySet().containsAll(characters)) {
            trainable.put(word, count);
          }
        });
    return trainable;
  }
}

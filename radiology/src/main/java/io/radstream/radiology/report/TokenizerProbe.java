package io.radstream.radiology.report;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds out, when a tokenizer is loaded, whether it can serve: by what it makes of its own words.
 *
 * @param file what its tokens are said to be
 */
record TokenizerProbe(VocabularyFile file, ReportTokenizer tokenizer) {

  private static final int SAMPLE = 64;
  private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

  /** Marks of a word's beginning, of byte-level BPE and of SentencePiece. */
  private static final Pattern BEGINNING = Pattern.compile("^[\u0120\u2581]");

  /** What no vocabulary of words has. */
  private static final String UNHEARD = "\u16A0\u16A2 \uD83E\uDEC1";

  /**
   * @throws IOException where it cannot serve; the message says why and what to do
   */
  void requireServes() throws IOException {
    for (String token : file.added()) {
      requireOwnId(token);
    }
    for (String text : List.of("", UNHEARD, "[CLS] [SEP] [PAD]")) {
      requireOnlyText(ofText(text));
    }
    if (file.added().containsAll(file.ids().keySet())) {
      throw new IOException(
          "the tokenizer has no words, only added tokens; make one with: radstream tokenizer train");
    }
    List<String> words = words();
    if (words.isEmpty()) {
      return; // of a script whose characters are words
    }
    if (words.stream().map(this::lost).filter(lost -> lost).count() * 2 > words.size()) {
      throw new IOException(
          "the tokenizer does not find its own words: of %d in its vocabulary most come to nothing or to the unknown token; its normalizer or pre_tokenizer changes them, so take the tokenizer.json that this vocabulary was made with"
              .formatted(words.size()));
    }
    String sentence = String.join(" ", words.stream().filter(word -> !lost(word)).toList());
    if (lost(sentence)) {
      throw new IOException(
          "the tokenizer finds its own words one by one, but not in a sentence: its pre_tokenizer does not part words at spaces, so take the tokenizer.json that this vocabulary was made with");
    }
    if (words.stream().map(TokenizerProbe::capitalised).allMatch(this::lost)) {
      throw new IOException(
          "the tokenizer makes the unknown token of every word with a capital: its vocabulary is in lower case and its normalizer keeps capitals; set \"lowercase\": true in its normalizer, or take the vocabulary with capitals");
    }
  }

  /** The library numbers added tokens on by itself, whatever the file says. */
  private void requireOwnId(String token) throws IOException {
    int id = file.ids().get(token);
    int[] found = tokenizer.encoded(token);
    if (found.length != 1 || found[0] != id) {
      throw new IOException(
          "the added token %s has the id %d in the tokenizer's file, but the library makes %s of it; number added tokens on from the vocabulary's last id, without gaps"
              .formatted(token, id, found.length == 1 ? "id " + found[0] : "no token of its own"));
    }
  }

  private void requireOnlyText(int[] found) throws IOException {
    VocabularyIds ids = tokenizer.vocabulary();
    Set<Integer> special = Set.of(ids.padding(), ids.start(), ids.end());
    OptionalInt wrong =
        IntStream.of(found).filter(id -> id >= ids.size() || special.contains(id)).findFirst();
    if (wrong.isPresent()) {
      throw new IOException(
          "the tokenizer makes the id %d of plain text, which is [PAD], [CLS], [SEP] or none of its %d; take another, or make one with: radstream tokenizer train"
              .formatted(wrong.getAsInt(), ids.size()));
    }
  }

  private int[] ofText(String text) throws IOException {
    try {
      return tokenizer.words(text);
    } catch (RuntimeException e) {
      throw new IOException("the tokenizer fails on a text: " + e.getMessage(), e);
    }
  }

  /** Whole words of the vocabulary, from all over it. */
  private List<String> words() {
    List<String> all =
        file.ids().entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(token -> BEGINNING.matcher(token.getKey()).replaceFirst(""))
            .filter(token -> WORD.matcher(token).matches())
            .toList();
    int step = Math.max(1, all.size() / SAMPLE);
    return IntStream.iterate(0, i -> i < all.size(), i -> i + step)
        .mapToObj(all::get)
        .limit(SAMPLE)
        .toList();
  }

  private static String capitalised(String word) {
    int first = word.offsetByCodePoints(0, 1);
    return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
  }

  private boolean lost(String word) {
    int[] found = tokenizer.words(word);
    int unknown = file.unknown().map(file.ids()::get).orElse(-1);
    return found.length == 0 || IntStream.of(found).anyMatch(id -> id == unknown);
  }
}

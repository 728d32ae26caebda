package io.radstream.radiology.report;

import java.text.Normalizer;
import java.util.function.Consumer;

/**
 * Splits text into the words that BERT's normalizer and pre-tokenizer make of it: lower case,
 * accents and control characters gone, each punctuation mark and each CJK ideograph a word of its
 * own. The tokenizer does the same in native code; training needs the words themselves.
 */
final class BertWords {

  private static final int REPLACEMENT_CHARACTER = 0xFFFD;

  private final StringBuilder word = new StringBuilder();
  private final Consumer<String> words;

  private BertWords(Consumer<String> words) {
    this.words = words;
  }

  static void forEach(String text, Consumer<String> words) {
    BertWords splitter = new BertWords(words);
    Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().forEach(splitter::accept);
    splitter.endWord();
  }

  private void accept(int character) {
    if (isWhitespace(character)) {
      endWord();
    } else if (isPunctuation(character) || isIdeograph(character)) {
      endWord();
      word.appendCodePoint(character);
      endWord();
    } else if (!isDropped(character)) {
      word.appendCodePoint(Character.toLowerCase(character));
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      words.accept(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isWhitespace(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || Character.isSpaceChar(character);
  }

  private static boolean isDropped(int character) {
    return character == REPLACEMENT_CHARACTER
        || switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.NON_SPACING_MARK ->
              true;
          default -> false;
        };
  }

  private static boolean isPunctuation(int character) {
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      // BERT counts every ASCII symbol as punctuation: $ + < = > ^ ` | ~
      default -> character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
    };
  }

  private static boolean isIdeograph(int character) {
    return (character >= 0x4E00 && character <= 0x9FFF)
        || (character >= 0x3400 && character <= 0x4DBF)
        || (character >= 0xF900 && character <= 0xFAFF)
        || (character >= 0x20000 && character <= 0x2A6DF)
        || (character >= 0x2A700 && character <= 0x2CEAF)
        || (character >= 0x2F800 && character <= 0x2FA1F);
  }
}

package io.radstream.radiology.image;

import java.util.Arrays;

/**
 * The code of a DEFLATE block's literals (RFC 1951, sections 3.2.6 and 3.2.7). Takes no code that
 * is not complete, though one of a single symbol would be allowed.
 */
final class BlockCode {

  /** Ends a block; those above stand for bytes that are repeated. */
  static final int END = 256;

  /** Of the table that literals are looked up in, in bits. */
  static final int WIDTH = 11;

  private static final int WIDTH_OF_LENGTHS = 7;
  private static final int FIXED_SYMBOLS = 288;
  private static final int MOST_SYMBOLS = 286;
  private static final int MOST_DISTANCES = 30;
  private static final int FEWEST_SYMBOLS = 257;
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int AGAIN = 16;
  private static final int ZEROS = 17;

  private final HuffmanCode literals = new HuffmanCode(WIDTH, FIXED_SYMBOLS);
  private final HuffmanCode ofLengths = new HuffmanCode(WIDTH_OF_LENGTHS, ORDER.length);
  private final HuffmanCode distances = new HuffmanCode(1, MOST_DISTANCES);
  private final byte[] lengths = new byte[MOST_SYMBOLS + MOST_DISTANCES];

  /** Of the block that was read last; its table knows literals only, two at a time. */
  HuffmanCode literals() {
    return literals;
  }

  void fix() {
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, FIXED_SYMBOLS, (byte) 8);
    literals.build(lengths, 0, FIXED_SYMBOLS);
    literals.pair(END);
  }

  /**
   * @return whether it is a code that is complete, and so are those beside it
   */
  boolean read(BitReader input) {
    int symbols = input.take(5) + FEWEST_SYMBOLS;
    int others = input.take(5) + 1;
    int given = input.take(4) + 4;
    byte[] own = new byte[ORDER.length];
    for (int i = 0; i < given; i++) {
      input.refill();
      own[ORDER[i]] = (byte) input.take(3);
    }
    boolean complete =
        symbols <= MOST_SYMBOLS
            && others <= MOST_DISTANCES
            && ofLengths.build(own, 0, own.length)
            && readLengths(input, symbols + others)
            && lengths[END] > 0
            && literals.build(lengths, 0, symbols)
            && distances.build(lengths, symbols, symbols + others);
    if (complete) {
      literals.pair(END);
    }
    return complete;
  }

  private boolean readLengths(BitReader input, int count) {
    int at = 0;
    while (at < count) {
      input.refill();
      int entry = ofLengths.entry(input.next());
      input.skip(HuffmanCode.bits(entry));
      int symbol = HuffmanCode.symbol(entry);
      int times = symbol < AGAIN ? 1 : times(symbol, input);
      if (times > count - at || (symbol == AGAIN && at == 0)) {
        return false;
      }
      int length = symbol < AGAIN ? symbol : symbol == AGAIN ? lengths[at - 1] : 0;
      Arrays.fill(lengths, at, at + times, (byte) length);
      at += times;
    }
    return true;
  }

  private static int times(int symbol, BitReader input) {
    return switch (symbol) {
      case AGAIN -> 3 + input.take(2);
      case ZEROS -> 3 + input.take(3);
      default -> 11 + input.take(7);
    };
  }
}

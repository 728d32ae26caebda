package io.radstream.cli.fuzz;

import io.radstream.radiology.CounterRandom;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Spoils good inputs: the same number gives the same bytes.
 *
 * @param name of what the inputs are for
 * @param seeds good inputs
 * @param words that mean something in their format
 */
record Mutator(String name, List<byte[]> seeds, List<byte[]> words) {

  /** Larger ones tell nothing more, and take longer. */
  private static final int LONGEST = 1 << 16;

  private static final int MOST_CHANGES = 6;
  private static final int DEEPEST = 20_000;

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0xFF_FFFF,
    0x7FFF_FFFFL,
    0x8000_0000L,
    0xFFFF_FFFFL,
    0x1_0000_0000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x0202_0202_0202_0202L
  };

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "1e400",
          "-0",
          "1e-400",
          "99999999999999999999999999999999999999",
          "0x10",
          "NaN",
          "1.5",
          "1E999999999");

  byte[] input(long number) {
    CounterRandom random = CounterRandom.of(1, name, number);
    byte[] bytes = pick(seeds, random);
    if (Json.looksLike(bytes) && random.nextInt(3) == 0) {
      bytes = Json.changed(bytes, random);
    }
    int changes = random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes, random);
    }
    return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
  }

  private byte[] changed(byte[] bytes, CounterRandom random) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + length(random));
    return switch (random.nextInt(11)) {
      case 0 -> flipped(bytes, random);
      case 1 -> overwritten(bytes, at, number(random));
      case 2 -> spliced(bytes, at, end, new byte[0]);
      case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 4 -> spliced(bytes, at, at, word(random));
      case 5 -> spliced(bytes, at, end, word(random));
      case 6 -> joined(bytes, at, pick(seeds, random), random);
      case 7 -> Arrays.copyOf(bytes, at);
      case 8 -> withNumber(bytes, random);
      case 9 -> repeated(bytes, at, end, random);
      default -> spliced(bytes, at, at, noise(random));
    };
  }

  /** Mostly a few bytes, now and then many. */
  private static int length(CounterRandom random) {
    return 1 + random.nextInt(1 << (1 + random.nextInt(10)));
  }

  private static byte[] flipped(byte[] bytes, CounterRandom random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  private static byte[] number(CounterRandom random) {
    int size = 1 << random.nextInt(4);
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    byte[] all = ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
    return order == ByteOrder.BIG_ENDIAN
        ? Arrays.copyOfRange(all, Long.BYTES - size, Long.BYTES)
        : Arrays.copyOf(all, size);
  }

  private static byte[] overwritten(byte[] bytes, int at, byte[] by) {
    return spliced(bytes, at, Math.min(bytes.length, at + by.length), by);
  }

  static byte[] spliced(byte[] bytes, int begin, int end, byte[] in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + in.length);
    out.write(bytes, 0, begin);
    out.writeBytes(in);
    out.write(bytes, end, bytes.length - end);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] head, int at, byte[] tail, CounterRandom random) {
    int from = random.nextInt(tail.length + 1);
    return spliced(Arrays.copyOf(head, at), at, at, Arrays.copyOfRange(tail, from, tail.length));
  }

  /** Puts another number into the place of one that is written out. */
  private static byte[] withNumber(byte[] bytes, CounterRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int begin = random.nextInt(bytes.length);
    while (begin < bytes.length && !isDigit(bytes[begin])) {
      begin++;
    }
    int end = begin;
    while (end < bytes.length && isDigit(bytes[end])) {
      end++;
    }
    return spliced(bytes, begin, end, NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(UTF_8));
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The same again and again: nested deep, or listed long. */
  private byte[] repeated(byte[] bytes, int at, int end, CounterRandom random) {
    byte[] piece = random.nextBoolean() ? word(random) : Arrays.copyOfRange(bytes, at, end);
    int times = Math.min(DEEPEST, LONGEST / Math.max(1, piece.length));
    byte[] all = new byte[piece.length * (1 + random.nextInt(times))];
    for (int i = 0; i < all.length; i++) {
      all[i] = piece[i % piece.length];
    }
    return spliced(bytes, at, at, all);
  }

  private byte[] word(CounterRandom random) {
    return words.isEmpty() ? noise(random) : pick(words, random);
  }

  private static byte[] noise(CounterRandom random) {
    byte[] noise = new byte[length(random)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] pick(List<byte[]> from, CounterRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}

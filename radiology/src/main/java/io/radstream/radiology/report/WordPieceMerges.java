package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Byte-pair merging over counted words: joins the most frequent pair of neighbouring pieces, again
 * and again. Ties go to the pair that comes first in the alphabet, so that the result depends on
 * the counts alone.
 */
final class WordPieceMerges {

  /** What stands in front of a piece that does not start a word. */
  static final String CONTINUATION = "##";

  private record Pair(String left, String right) {

    String joined() {
      return left + right.substring(CONTINUATION.length());
    }
  }

  private record Candidate(Pair pair, long count) {

    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingLong(Candidate::count)
            .reversed()
            .thenComparing(candidate -> candidate.pair().left())
            .thenComparing(candidate -> candidate.pair().right());
  }

  private final List<List<String>> words = new ArrayList<>();
  private final List<Long> wordCounts = new ArrayList<>();
  private final Map<Pair, Long> pairCounts = new HashMap<>();
  private final Map<Pair, Set<Integer>> wordsOfPair = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(Candidate.BEST_FIRST);

  /** Starts from single characters; {@code words} maps each distinct word to its count. */
  WordPieceMerges(Map<String, Long> words) {
    words.forEach(
        (word, count) -> {
          wordCounts.add(count);
          this.words.add(characters(word));
          count(this.words.size() - 1, 1);
        });
    pairCounts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
  }

  /** The pieces of a word before any merge: its characters, all but the first marked. */
  static List<String> characters(String word) {
    List<String> pieces = new ArrayList<>();
    word.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> pieces.add(pieces.isEmpty() ? c : CONTINUATION + c));
    return pieces;
  }

  /**
   * Merges the best pair everywhere and returns the new piece; empty where no pair is left that
   * occurs at least {@code minFrequency} times.
   */
  Optional<String> next(long minFrequency) {
    while (!queue.isEmpty() && queue.peek().count() >= minFrequency) {
      Candidate best = queue.poll();
      long current = pairCounts.getOrDefault(best.pair(), 0L);
      if (current == best.count()) {
        merge(best.pair());
        return Optional.of(best.pair().joined());
      }
      // An entry may be too high, since merges take pairs away, but never too low.
      queue.add(new Candidate(best.pair(), current));
    }
    return Optional.empty();
  }

  private void merge(Pair pair) {
    Set<Pair> touched = new HashSet<>();
    for (int word : wordsOfPair.remove(pair)) {
      count(word, -1);
      words.set(word, join(words.get(word), pair));
      touched.addAll(count(word, 1));
    }
    pairCounts.remove(pair);
    for (Pair changed : touched) {
      if (changed.left().equals(pair.joined()) || changed.right().equals(pair.joined())) {
        queue.add(new Candidate(changed, pairCounts.get(changed)));
      }
    }
  }

  /** Adds the word's pairs to the counts, or takes them away; returns the pairs. */
  private Set<Pair> count(int word, int sign) {
    List<String> pieces = words.get(word);
    Set<Pair> pairs = new HashSet<>();
    for (int i = 0; i + 1 < pieces.size(); i++) {
      Pair pair = new Pair(pieces.get(i), pieces.get(i + 1));
      pairCounts.merge(pair, sign * wordCounts.get(word), Long::sum);
      if (pairs.add(pair) && sign > 0) {
        wordsOfPair.computeIfAbsent(pair, any -> new HashSet<>()).add(word);
      }
    }
    return pairs;
  }

  private static List<String> join(List<String> pieces, Pair pair) {
    List<String> joined = new ArrayList<>(pieces.size() - 1);
    for (int i = 0; i < pieces.size(); i++) {
      boolean here =
          pieces.get(i).equals(pair.left())
              && i + 1 < pieces.size()
              && pieces.get(i + 1).equals(pair.right());
      joined.add(here ? pair.joined() : pieces.get(i));
      i += here ? 1 : 0;
    }
    return joined;
  }
}

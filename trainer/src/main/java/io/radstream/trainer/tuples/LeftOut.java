package io.radstream.trainer.tuples;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Records of a tuple topic that are not learned from, and studies that are passed over for want of
 * a report, or since they were taken back.
 *
 * @param counts how many, by reason
 */
public record LeftOut(Map<Reason, Long> counts) {

  /** Why a record is not learned from. */
  public enum Reason {
    /** Cannot be read as a tuple. */
    NO_TUPLE("that cannot be read"),
    /** Has no radiograph. */
    NO_VIEW("without a view"),
    /** Was taken back by its newest revision. Counted by study, as want of a report is. */
    TAKEN_BACK("of studies that were taken back"),
    /** Has no report, and an objective of the run needs one. */
    NO_REPORT("without a report, which an objective of the run needs"),
    /** Has a report without a word. */
    EMPTY_REPORT("with an empty report"),
    /** Was made by a stage that had another tokenizer. */
    OTHER_TOKENIZER(
        "made with another tokenizer (give the tokenizer that the stage used, or let the stage make"
            + " them again)"),
    /** Has ids that the embedding table has no rows for. */
    FOREIGN_TOKENS(
        "with token ids beyond the tokenizer's vocabulary (let the stage make them again with this"
            + " tokenizer)"),
    /** Lacks what the second of two tokenizers makes. */
    NO_ENCODER_TOKENS(
        "without tokens of the report encoder (let the stage make them again with both tokenizers)");

    private final String told;

    Reason(String told) {
      this.told = told;
    }
  }

  public LeftOut {
    counts = Map.copyOf(counts);
  }

  /** Nothing was left out. */
  public static LeftOut none() {
    return new LeftOut(Map.of());
  }

  /** How many, by reason in small letters: for a summary. */
  public Map<String, Long> byName() {
    Map<String, Long> names = new TreeMap<>();
    counts.forEach((reason, count) -> names.put(reason.name().toLowerCase(Locale.ROOT), count));
    return names;
  }

  /** One more. */
  public LeftOut plus(Reason reason) {
    return plus(new LeftOut(Map.of(reason, 1L)));
  }

  /** These and those. */
  public LeftOut plus(LeftOut other) {
    Map<Reason, Long> both = new EnumMap<>(Reason.class);
    both.putAll(counts);
    other.counts.forEach((reason, count) -> both.merge(reason, count, Long::sum));
    return new LeftOut(both);
  }

  /** For whatever reason. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether so many are worth a line in a log that must not overflow: 1, 2, 4, 8, and so on. */
  public boolean isWorthTelling() {
    return Long.bitCount(total()) == 1;
  }

  /** How many and why, in words. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(reason -> "%d %s".formatted(reason.getValue(), reason.getKey().told))
        .collect(Collectors.joining(", "));
  }
}

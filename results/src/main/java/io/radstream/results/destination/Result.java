package io.radstream.results.destination;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.schemas.RecordRef;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A score that is to be sent back.
 *
 * @param time when it was scored
 * @param probabilities finding to probability, 0 to 1; at least one
 * @param study by what the receiver knows it
 * @param origin empty where the score does not tell it
 */
public record Result(
    ResultId id,
    Instant time,
    SortedMap<String, Double> probabilities,
    KnownStudy study,
    Optional<Origin> origin) {

  /**
   * What the score was made of.
   *
   * @param source the record that the views stand in
   * @param receipt in JSON
   */
  public record Origin(RecordRef source, String receipt) {}

  /** What every result says of itself. */
  public static final String NOTICE = "Research only. Not for diagnosis.";

  private static final int PLACES = 6;

  public Result {
    probabilities = Collections.unmodifiableSortedMap(new TreeMap<>(probabilities));
  }

  /** A probability as receivers get it: to six places, never by powers of ten. */
  public static BigDecimal written(double probability) {
    BigDecimal rounded = new BigDecimal(probability).setScale(PLACES, RoundingMode.HALF_UP);
    return new BigDecimal(rounded.stripTrailingZeros().toPlainString());
  }

  /** In one order, so that the same result is the same bytes. */
  public Result(ResultId id, Instant time, Map<String, Double> probabilities, KnownStudy study) {
    this(id, time, new TreeMap<>(probabilities), study, Optional.empty());
  }

  /** The same result, with what its score was made of. */
  public Result from(Optional<Origin> known) {
    return new Result(id, time, probabilities, study, known);
  }
}

package io.radstream.trainer.ranks;

import io.radstream.model.engine.Seat;
import java.time.Duration;

/**
 * How ranks keep together.
 *
 * @param seat of this one
 * @param timeout until all have come, and for each exchange between them
 * @param silence after which a rank that says nothing is taken for gone
 * @param grace for work to end by itself where another rank has gone
 */
public record Terms(Seat seat, Duration timeout, Duration silence, Duration grace) {

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** With the usual silence and grace. */
  public Terms(Seat seat, Duration timeout) {
    this(seat, timeout, SILENCE, GRACE);
  }
}

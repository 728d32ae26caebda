package io.radstream.trainer.feed;

import io.radstream.trainer.augment.PreparedStudy;
import java.util.List;

/**
 * The studies of a batch, not yet augmented.
 *
 * @param reads where each is from
 * @param studies in the same order
 * @param next where the next batch begins, for each source
 * @param passedOver before this batch
 */
public record Draft(
    List<Read> reads,
    List<PreparedStudy> studies,
    List<SourcePosition> next,
    List<PassedOver> passedOver) {

  public Draft {
    reads = List.copyOf(reads);
    studies = List.copyOf(studies);
    next = List.copyOf(next);
    passedOver = List.copyOf(passedOver);
  }
}

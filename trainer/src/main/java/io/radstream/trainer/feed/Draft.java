package io.radstream.trainer.feed;

import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.tuples.SourceRange;
import java.util.List;

/**
 * The studies of a batch, not yet augmented.
 *
 * @param reads where each is from; what has just arrived comes first
 * @param studies in the same order
 * @param arrived how many have just arrived; 0 where that is not known any more
 * @param next where the next batch begins, for each source
 * @param passedOver before this batch
 * @param lag new tuples behind this batch that were there when it was drafted
 */
public record Draft(
    List<Read> reads,
    List<PreparedStudy> studies,
    int arrived,
    List<SourcePosition> next,
    List<SourceRange> passedOver,
    long lag) {

  public Draft {
    reads = List.copyOf(reads);
    studies = List.copyOf(studies);
    next = List.copyOf(next);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * When the study in a place of the batch arrived, in milliseconds since the epoch; negative where
   * it is not known.
   */
  public long arrivedAt(int place) {
    return studies.get(place).arrivedAt();
  }

  /** Of a finite run, or of a step that is taken again. */
  public Draft(
      List<Read> reads,
      List<PreparedStudy> studies,
      List<SourcePosition> next,
      List<SourceRange> passedOver) {
    this(reads, studies, 0, next, passedOver, 0);
  }
}

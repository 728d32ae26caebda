package io.radstream.trainer.feed;

import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.tuples.TupleIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Epochs over what a finite run may read. No batch holds a study twice. */
public final class EpochDrafts implements Drafts {

  /**
   * @param position to go on from
   * @param weight of its studies, relative to the other sources'
   */
  public record Part(SourcePosition position, double weight, TupleIndex index) {}

  private final SourceShares shares;
  private final List<EpochStream> streams;
  private final int batch;
  private final int least;
  private long step;

  /**
   * @param seed of the order
   * @param arrangement rules of the order
   * @param step of the first draft, counted over the line
   * @param batch studies of a draft
   * @param least fewest that will do where no epoch has more
   * @param prefetch batches whose studies are fetched and decoded ahead
   */
  public EpochDrafts(
      long seed,
      Arrangement arrangement,
      long step,
      int batch,
      int least,
      List<Part> parts,
      Studies studies,
      int prefetch) {
    this.shares = new SourceShares(seed, parts.stream().map(Part::weight).toList());
    this.step = step;
    this.batch = batch;
    this.least = least;
    this.streams =
        parts.stream()
            .map(
                part ->
                    new EpochStream(
                        part.position(),
                        part.index().order(orderSeed(seed, part), arrangement),
                        part.index(),
                        studies,
                        prefetch * batch))
            .toList();
  }

  private static long orderSeed(long seed, Part part) {
    return CounterRandom.of(seed, "order of " + part.position().source()).nextLong();
  }

  @Override
  public Optional<Draft> next() throws InterruptedException {
    int[] counts = shares.of(step++, batch);
    List<Read> reads = new ArrayList<>();
    List<PreparedStudy> studies = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        for (TakenStudy taken : streams.get(i).take(counts[i], Math.min(least, counts[i]))) {
          reads.add(taken.read());
          studies.add(taken.study());
        }
      }
    }
    List<SourcePosition> next = streams.stream().map(EpochStream::position).toList();
    return Optional.of(new Draft(reads, studies, next, List.of()));
  }
}

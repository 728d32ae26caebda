package io.radstream.trainer.feed;

import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.tuples.RangeShuffle;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;

/**
 * The studies of a source, epoch after epoch, each once an epoch. What is no usable tuple, cannot
 * be decoded, or was withdrawn is left out. For one thread.
 */
final class EpochStream {

  /**
   * @param next position behind it
   */
  private record Candidate(Read read, long next, List<TupleRef> neighbours) {}

  private record Ahead(Read read, long next, Future<PreparedStudy> study) {}

  private final String source;
  private final RangeShuffle order;
  private final TupleIndex index;
  private final Studies studies;
  private final int lookahead;
  private final Deque<Candidate> candidates = new ArrayDeque<>();
  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private SourcePosition position;
  private long fillEpoch;
  private long fillPosition;

  /** The group at the fill position, once one before it was filled in. */
  private List<TupleRef> following = List.of();

  /**
   * @param lookahead studies fetched and decoded ahead
   */
  EpochStream(
      SourcePosition from, RangeShuffle order, TupleIndex index, Studies studies, int lookahead) {
    this.source = from.source();
    this.order = order;
    this.index = index;
    this.studies = studies;
    this.lookahead = lookahead;
    this.position = from;
    this.fillEpoch = from.epoch();
    this.fillPosition = from.position();
  }

  SourcePosition position() {
    return position;
  }

  /**
   * So many studies of one epoch; where too few are left of it, those of the next.
   *
   * @param least that will do where a whole epoch has no more
   * @throws IllegalStateException where a whole epoch has not even these
   */
  List<TakenStudy> take(int count, int least) throws InterruptedException {
    boolean whole = isAtStart();
    List<TakenStudy> taken = ofOneEpoch(count);
    if (taken.size() < (whole ? least : count)) {
      taken = ofOneEpoch(count);
    }
    if (taken.size() < least) {
      throw new IllegalStateException(
          "fewer than %d studies of source %s, as many as a step takes, have an image that can be decoded (and a label, where labels.studies is LABELLED)"
              .formatted(least, source));
    }
    return taken;
  }

  /** Whether the next study is the first of its epoch. */
  private boolean isAtStart() {
    return position.position() == 0 || peek().read().draw() > position.epoch();
  }

  private List<TakenStudy> ofOneEpoch(int count) throws InterruptedException {
    List<TakenStudy> taken = new ArrayList<>();
    long epoch = peek().read().draw();
    while (taken.size() < count && peek().read().draw() == epoch) {
      Ahead next = ahead.remove();
      PreparedStudy study = Studies.get(next.study());
      position = SourcePosition.within(source, epoch, next.next());
      if (studies.isUsable(study)) {
        taken.add(new TakenStudy(next.read(), study));
      }
    }
    return taken;
  }

  private Ahead peek() {
    while (ahead.size() < lookahead) {
      while (candidates.isEmpty()) {
        fill();
      }
      Candidate next = candidates.remove();
      ahead.add(new Ahead(next.read(), next.next(), studies.ahead(next.read(), next.neighbours())));
    }
    return ahead.getFirst();
  }

  /** With the rest of a group; the next one is read meanwhile. */
  private void fill() {
    long number = fillPosition / RangeShuffle.GROUP;
    if (number == order.groups()) {
      fillEpoch++;
      fillPosition = 0;
      return;
    }
    List<TupleRef> group = following.isEmpty() ? order.group(fillEpoch, number) : following;
    List<TupleRef> neighbours = usable(group);
    long begin = number * RangeShuffle.GROUP;
    for (int i = (int) (fillPosition - begin); i < group.size(); i++) {
      TupleRef ref = group.get(i);
      if (index.usable().contains(ref)) {
        Read read = new Read(source, ref, index.records().rank(ref), fillEpoch);
        candidates.add(new Candidate(read, begin + i + 1, neighbours));
      }
    }
    fillPosition = begin + RangeShuffle.GROUP;
    studies.soon(source, neighbours);
    following = behind(number);
    studies.soon(source, usable(following));
  }

  private List<TupleRef> usable(List<TupleRef> group) {
    return group.stream().filter(index.usable()::contains).toList();
  }

  private List<TupleRef> behind(long number) {
    return number + 1 < order.groups()
        ? order.group(fillEpoch, number + 1)
        : order.group(fillEpoch + 1, 0);
  }
}

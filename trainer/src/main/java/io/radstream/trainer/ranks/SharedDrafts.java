package io.radstream.trainer.ranks;

import io.radstream.model.engine.GroupException;
import io.radstream.trainer.feed.AssembledShare;
import io.radstream.trainer.feed.Assembling;
import io.radstream.trainer.feed.BatchAssembly;
import io.radstream.trainer.feed.Draft;
import io.radstream.trainer.feed.Share;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Drafts of which every rank makes its share. Thread-safe. */
final class SharedDrafts {

  /**
   * @param shares of the others, by rank, once they are made
   */
  private record Shared(
      long number,
      Draft draft,
      Map<Integer, RankMessage.Assembled> shares,
      CompletableFuture<Collection<RankMessage.Assembled>> all) {}

  private final Map<Integer, Wire> wires;
  private final Deque<Shared> open = new ArrayDeque<>();
  private final AtomicLong drafted;
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * @param wires by rank, but for rank 0
   * @param drafted number of the next draft; what is still told of an earlier run's has another
   */
  SharedDrafts(Map<Integer, Wire> wires, AtomicLong drafted) {
    this.wires = wires;
    this.drafted = drafted;
  }

  Assembling assembling(BatchAssembly own, ExecutorService workers) {
    return new Assembling() {
      @Override
      public Future<TrainingBatch> begin(Draft draft) {
        return share(draft, own, workers);
      }

      @Override
      public void soon(String source, Collection<TupleRef> group) {
        for (Wire wire : wires.values()) {
          send(wire, new RankMessage.Soon(source, List.copyOf(group)));
        }
      }
    };
  }

  private Future<TrainingBatch> share(Draft draft, BatchAssembly own, ExecutorService workers) {
    Shared shared = opened(draft);
    int ranks = wires.size() + 1;
    wires.forEach(
        (rank, wire) ->
            send(
                wire,
                new RankMessage.Drafted(
                    shared.number(), List.copyOf(new Share(rank, ranks).of(draft.reads())))));
    Share first = new Share(0, ranks);
    return CompletableFuture.supplyAsync(
            () -> own.assemble(first.of(draft.reads()), first.of(draft.studies()), first), workers)
        .thenCombine(shared.all(), (mine, others) -> together(draft, mine, others));
  }

  private static TrainingBatch together(
      Draft draft, AssembledShare own, Collection<RankMessage.Assembled> others) {
    List<String> digests = new ArrayList<>(own.digests());
    int unmirrorable = own.unmirrorable();
    for (RankMessage.Assembled other : others) {
      digests.addAll(other.digests());
      unmirrorable += other.unmirrorable();
    }
    return TrainingBatch.of(draft, own, digests, unmirrorable);
  }

  private synchronized Shared opened(Draft draft) {
    if (failure.isPresent()) {
      throw Failures.again(failure.get());
    }
    Shared shared =
        new Shared(drafted.getAndIncrement(), draft, new TreeMap<>(), new CompletableFuture<>());
    open.add(shared);
    return shared;
  }

  /**
   * @throws GroupException where the other has gone
   */
  static void send(Wire wire, RankMessage message) {
    try {
      wire.send(message);
    } catch (IOException e) {
      throw new GroupException("the rank at %s has gone".formatted(wire.peer()), e);
    }
  }

  /** Another has made its share. */
  synchronized void assembled(int rank, RankMessage.Assembled share) {
    for (Shared shared : open) {
      if (shared.number() == share.number()) {
        shared.shares().put(rank, share);
        if (shared.shares().size() == wires.size()) {
          shared.all().complete(List.copyOf(shared.shares().values()));
        }
      }
    }
  }

  /** Another cannot make its share. Whoever takes the batch is told; one that is dropped nobody. */
  synchronized void unmade(int rank, RankMessage.Unmade share) {
    String reason = "rank %d cannot make its share: %s".formatted(rank, share.reason());
    for (Shared shared : open) {
      if (shared.number() == share.number()) {
        shared
            .all()
            .completeExceptionally(
                share.again() ? new GroupException(reason) : new IllegalStateException(reason));
      }
    }
  }

  /**
   * Those before it will not be taken any more.
   *
   * @return its number
   */
  @SuppressWarnings("ReferenceEquality") // Made anew, a draft of the same studies is another.
  synchronized long take(Draft draft) {
    Shared next = open.remove();
    while (next.draft() != draft) {
      next = open.remove();
    }
    return next.number();
  }

  /** No further batch is made. */
  synchronized void fail(RuntimeException why) {
    failure = Optional.of(why);
    open.forEach(shared -> shared.all().completeExceptionally(why));
  }
}

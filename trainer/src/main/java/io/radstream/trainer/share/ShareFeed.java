package io.radstream.trainer.share;

import io.radstream.model.engine.GroupException;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.feed.AssembledShare;
import io.radstream.trainer.feed.BatchAssembly;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.feed.Share;
import io.radstream.trainer.feed.Studies;
import io.radstream.trainer.ranks.RankMessage;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The shares of drafted batches, made ahead of the steps. Thread-safe. */
final class ShareFeed {

  private final Studies studies;
  private final BatchAssembly assembly;
  private final Share share;
  private final TrainingData data;
  private final Consumer<RankMessage> leader;
  private final BiConsumer<Long, Throwable> unmade;
  private final Map<Long, CompletableFuture<AssembledShare>> shares = new ConcurrentSkipListMap<>();

  /**
   * @param leader is told of shares that are made
   * @param unmade is told which draft's cannot be made, and why
   */
  ShareFeed(
      TrainingData data,
      Share share,
      Consumer<RankMessage> leader,
      BiConsumer<Long, Throwable> unmade) {
    this.data = data;
    this.studies = data.ahead();
    this.assembly = data.assembly();
    this.share = share;
    this.leader = leader;
    this.unmade = unmade;
  }

  void soon(RankMessage.Soon soon) {
    studies.soon(soon.source(), soon.group());
  }

  /** Begins to make a share; waits for nothing. */
  void drafted(RankMessage.Drafted drafted) {
    List<Read> reads = drafted.reads();
    Map<String, List<TupleRef>> neighbours =
        reads.stream()
            .collect(
                Collectors.groupingBy(
                    Read::source, Collectors.mapping(Read::ref, Collectors.toList())));
    List<CompletableFuture<PreparedStudy>> fetched =
        reads.stream().map(read -> studies.ahead(read, neighbours.get(read.source()))).toList();
    CompletableFuture<AssembledShare> made =
        CompletableFuture.allOf(fetched.toArray(CompletableFuture[]::new))
            .thenApplyAsync(all -> made(drafted.number(), reads, fetched), data.workers());
    made.exceptionally(
        failure -> {
          unmade.accept(drafted.number(), failure);
          return null;
        });
    shares.put(drafted.number(), made);
  }

  private AssembledShare made(
      long number, List<Read> reads, List<CompletableFuture<PreparedStudy>> fetched) {
    List<PreparedStudy> prepared = new ArrayList<>();
    fetched.forEach(study -> prepared.add(study.join()));
    AssembledShare made = assembly.assemble(reads, prepared, share);
    leader.accept(new RankMessage.Assembled(number, made.digests(), made.unmirrorable()));
    return made;
  }

  /**
   * Waits for a share; those before it are dropped.
   *
   * @throws GroupException where there is no such draft
   */
  AssembledShare take(long number) throws InterruptedException {
    CompletableFuture<AssembledShare> made = shares.remove(number);
    if (made == null) {
      throw new GroupException("rank 0 takes a batch that it has not drafted");
    }
    shares.keySet().removeIf(earlier -> earlier < number);
    return Studies.get(made);
  }

  void fail(RuntimeException failure) {
    shares.values().forEach(made -> made.completeExceptionally(failure));
  }
}

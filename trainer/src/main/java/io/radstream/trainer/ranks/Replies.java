package io.radstream.trainer.ranks;

import io.radstream.model.engine.GroupException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One from each other rank. */
final class Replies<T> {

  private final Map<Integer, CompletableFuture<T>> byRank = new TreeMap<>();

  Replies(Collection<Integer> ranks) {
    ranks.forEach(rank -> byRank.put(rank, new CompletableFuture<>()));
  }

  void put(int rank, T reply) {
    byRank.get(rank).complete(reply);
  }

  void fail(RuntimeException failure) {
    byRank.values().forEach(reply -> reply.completeExceptionally(failure));
  }

  /**
   * @param what they are to have done, for the message
   * @throws GroupException where one is lost, or has not said so in time
   */
  Map<Integer, T> await(Duration timeout, String what) throws InterruptedException {
    Map<Integer, T> all = new TreeMap<>();
    long end = System.nanoTime() + timeout.toNanos();
    for (Map.Entry<Integer, CompletableFuture<T>> one : byRank.entrySet()) {
      try {
        long left = Math.max(0, end - System.nanoTime());
        all.put(one.getKey(), one.getValue().get(left, TimeUnit.NANOSECONDS));
      } catch (ExecutionException e) {
        throw Failures.again(e.getCause());
      } catch (TimeoutException e) {
        throw new GroupException(
            "rank %d does not %s within %d s".formatted(one.getKey(), what, timeout.toSeconds()),
            e);
      }
    }
    return all;
  }
}

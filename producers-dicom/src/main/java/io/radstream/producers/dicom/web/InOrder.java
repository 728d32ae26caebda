package io.radstream.producers.dicom.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Works on several things at once and hands the results over in the order of the things, on the
 * caller's thread; no more than so many results are held.
 */
record InOrder(Executor executor, int width) {

  /**
   * @param work throws nothing that is expected
   */
  <T, R> void forEach(Iterable<T> things, Function<T, R> work, BiConsumer<T, R> results) {
    record Underway<T, R>(T thing, CompletableFuture<R> result) {}
    Deque<Underway<T, R>> window = new ArrayDeque<>();
    for (T thing : things) {
      if (window.size() == width) {
        Underway<T, R> first = window.remove();
        results.accept(first.thing(), first.result().join());
      }
      window.add(
          new Underway<>(thing, CompletableFuture.supplyAsync(() -> work.apply(thing), executor)));
    }
    for (Underway<T, R> each : window) {
      results.accept(each.thing(), each.result().join());
    }
  }
}

package io.radstream.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.model.engine.SpareTime;
import io.radstream.model.engine.TorchEngine;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.search.SearchLimits;
import io.radstream.serving.search.StudySearch;
import io.radstream.serving.search.TupleSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that a search needs, put together for a service; it computes in time that answers leave. */
final class Searching implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Searching.class);

  private final ExecutorService indexing =
      Executors.newSingleThreadExecutor(work -> SpareTime.thread("index-studies", work));
  private final ExecutorService ending =
      Executors.newSingleThreadExecutor(work -> SpareTime.thread("end-indexes", work));
  private final StudySearch search;

  Searching(
      KafkaConnection connection,
      SearchLimits limits,
      PictureReader pictures,
      ModelFleet fleet,
      MeterRegistry meters) {
    this.search =
        new StudySearch(
            fleet,
            limits,
            pictures,
            TupleSource.training(connection, limits.studies()),
            indexing,
            ending,
            meters);
  }

  StudySearch search() {
    return search;
  }

  void start() {
    // Two operations that each want all CPU threads would wait for each other.
    CompletableFuture.runAsync(() -> TorchEngine.narrow(1), indexing).join();
  }

  /** Waits for studies that the network sees just now. */
  @Override
  public void close() {
    search.close();
    end(indexing);
    end(ending);
  }

  private static void end(ExecutorService thread) {
    thread.shutdown();
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("still waiting for studies that are being indexed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

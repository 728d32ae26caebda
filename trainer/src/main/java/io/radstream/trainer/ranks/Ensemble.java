package io.radstream.trainer.ranks;

import io.radstream.model.RefersTraining;
import io.radstream.model.training.Exchange;
import io.radstream.trainer.feed.Assembling;
import io.radstream.trainer.feed.BatchAssembly;
import io.radstream.trainer.feed.Draft;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** All ranks that learn from a run's batches, as rank 0 has them. */
public interface Ensemble extends AutoCloseable {

  /** Nobody but rank 0. */
  Ensemble ALONE =
      new Ensemble() {
        @Override
        public Exchange exchange() {
          return Exchange.ALONE;
        }

        @Override
        public void teach(RefersTraining network, Map<String, String> environment) {}

        @Override
        public Assembling assembling(BatchAssembly own, ExecutorService workers) {
          return own.by(workers);
        }

        @Override
        public void take(Draft draft, long step) {}

        @Override
        public void took(long step) {}

        @Override
        public void left() {}

        @Override
        public boolean hasFailed() {
          return false;
        }

        @Override
        public void requireAll() {}

        @Override
        public Map<String, Double> figures() {
          return Map.of();
        }

        @Override
        public void close() {}
      };

  /** With the other shares of a batch. */
  Exchange exchange();

  /**
   * Gives the others the network, with its optimizer's state.
   *
   * @param environment that it learns in here
   * @throws IOException where it cannot be written down
   * @throws io.radstream.model.engine.GroupException where another has gone, or has another network
   */
  void teach(RefersTraining network, Map<String, String> environment)
      throws IOException, InterruptedException;

  /**
   * Makes batches, each rank its share.
   *
   * @param own share's assembly
   */
  Assembling assembling(BatchAssembly own, ExecutorService workers);

  /**
   * All begin a step, which this rank may have to wait for until it has {@link #left} it.
   *
   * @param draft one that a batch was made of here, behind the last
   * @param step that the line has behind it
   */
  void take(Draft draft, long step);

  /** The step was begun here. */
  void took(long step);

  /** A step that all began is over here, whatever came of it. */
  void left();

  /** Whether another rank has gone, so that there will be no further step. */
  boolean hasFailed();

  /**
   * @throws io.radstream.model.engine.GroupException where another has gone
   */
  void requireAll();

  /** Of the steps so far, by name. */
  Map<String, Double> figures();

  @Override
  void close();
}

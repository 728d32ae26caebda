package io.radstream.model.generation;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Generation;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.ViewFusion;
import java.util.Optional;

/**
 * Where a network writes reports of studies that come one after the other, all that are in hand at
 * the same time by one pass of the decoder for a token of each. Of one thread; closed before the
 * network.
 */
public final class ReportDesk implements AutoCloseable {

  private final NDManager manager;
  private final RefersNetwork network;
  private final ReportSearch search;

  /**
   * @param parent of what is kept
   */
  public ReportDesk(NDManager parent, RefersNetwork network, ReportTransformer decoder) {
    this.manager = parent.newSubManager();
    this.network = network;
    this.search = new ReportSearch(manager, decoder);
  }

  /**
   * Looks at a study and begins its report.
   *
   * @param images 3 views × side × side
   * @throws IllegalArgumentException as {@link ReportSearch#join}
   */
  public ReportInHand begin(float[] images, Generation options, Optional<Sampling> sampling) {
    try (NDManager seeing = TorchEngine.scratch(manager)) {
      ViewFusion.Study study = network.study(seeing, images, 1);
      return search.join(study.memory(), study.representations(), options, sampling).get(0);
    }
  }

  /** Reports that are not written yet. */
  public int open() {
    return search.open();
  }

  /**
   * One token more for each of them; nothing where there are none.
   *
   * @throws IllegalStateException where the network gives what is no number
   */
  public void step() {
    if (open() > 0) {
      search.step();
    }
  }

  /** Gives up a report, written or not. */
  public void leave(ReportInHand report) {
    search.leave(report);
  }

  @Override
  public void close() {
    manager.close();
  }
}

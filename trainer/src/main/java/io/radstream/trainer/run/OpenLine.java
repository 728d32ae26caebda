package io.radstream.trainer.run;

import io.radstream.checkpoints.CheckpointLine;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.ledger.Ledger;
import io.radstream.trainer.ledger.LedgerReader;
import java.io.IOException;
import java.util.List;

/**
 * A model line that this process has for itself.
 *
 * @param sources that its run reads
 * @param checkpoints of the line
 * @param ledger to write the line's steps to
 */
record OpenLine(
    Surroundings at, List<SourceTopics> sources, CheckpointLine checkpoints, Ledger ledger)
    implements AutoCloseable {

  OpenLine {
    sources = List.copyOf(sources);
  }

  /**
   * @throws IOException where the store cannot be written to, or another trainer has the line
   * @throws io.radstream.trainer.ledger.LedgerException where the ledger cannot be reached
   */
  static OpenLine of(String name, Surroundings at, List<SourceTopics> sources) throws IOException {
    CheckpointLine checkpoints = at.store().open(name);
    try {
      Ledger ledger = Ledger.open(at.clients(), at.connection(), name);
      return new OpenLine(at, sources, checkpoints, ledger);
    } catch (RuntimeException e) {
      checkpoints.close();
      throw e;
    }
  }

  LedgerReader reader() {
    return new LedgerReader(at.clients(), at.connection());
  }

  /** Lets other processes have the line. */
  @Override
  public void close() throws IOException {
    ledger.close();
    checkpoints.close();
  }
}

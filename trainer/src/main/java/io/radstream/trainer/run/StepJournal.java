package io.radstream.trainer.run;

import io.radstream.schemas.StepRecord;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.ledger.Ledger;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.LedgerPosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts steps on the ledger; those that are there already are compared with it instead. */
final class StepJournal {

  private final Ledger ledger;
  private final Deque<LedgerEntry> retaken;
  private final Supplier<StepRecord> opening;
  private LedgerPosition compared;
  private boolean isOpen;

  /**
   * @param retaken what the ledger has of steps that are yet to be taken
   * @param opening tells how this process begins or resumes the run; asked once, before its first
   *     new step
   */
  StepJournal(Ledger ledger, List<LedgerEntry> retaken, Supplier<StepRecord> opening) {
    this.ledger = ledger;
    this.retaken = new ArrayDeque<>(retaken);
    this.opening = opening;
  }

  /** Whether the next step is on the ledger already. */
  boolean isRetaking() {
    return !retaken.isEmpty();
  }

  /** Call before the first new step is taken. */
  void open() throws InterruptedException {
    if (!isRetaking() && !isOpen) {
      ledger.write(opening.get(), List.of());
      isOpen = true;
    }
  }

  /** Whether the weights' digest has to be compared. */
  boolean hasWeights() {
    return isRetaking() && retaken.getFirst().record().getWeightsDigest() != null;
  }

  /**
   * @param beside what else the step publishes
   * @throws TrainingException where the step stands otherwise on the ledger
   */
  void settle(StepRecord step, List<ProducerRecord<String, byte[]>> beside)
      throws InterruptedException {
    if (!isRetaking()) {
      ledger.write(step, beside);
      return;
    }
    LedgerEntry before = retaken.remove();
    LedgerCheck.compare(before.record(), step)
        .ifPresent(
            difference -> {
              throw new TrainingException(
                  "step %d of run %s, taken again, differs from the ledger in its %s. This machine or this version does not repeat what was trained before; begin a new run of the line from its last checkpoint with --new-run"
                      .formatted(step.getStep(), step.getRunId(), difference.meaning()));
            });
    compared = before.position();
  }

  /** Whether a step could not be written, so that there is nothing to go on for. */
  boolean hasFailed() {
    return ledger.hasFailed();
  }

  /** Waits until all is written; where the last step stands. */
  LedgerPosition position() throws InterruptedException {
    return isOpen ? ledger.written() : compared;
  }
}

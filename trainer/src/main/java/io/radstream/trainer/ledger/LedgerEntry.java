package io.radstream.trainer.ledger;

import io.radstream.schemas.StepRecord;

/** A record of the ledger, and where it is. */
public record LedgerEntry(LedgerPosition position, StepRecord record) {

  /** Whether it tells how a process began or resumed the run, and not of a step. */
  public boolean isOpening() {
    return record.getOpening() != null;
  }
}

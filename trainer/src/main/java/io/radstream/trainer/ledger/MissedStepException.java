package io.radstream.trainer.ledger;

/**
 * The ledger has a step of the run that this process did not see when it decided where to go on.
 */
public final class MissedStepException extends LedgerException {

  private static final long serialVersionUID = 1L;

  public MissedStepException(String runId, long step) {
    super(
        "step %d of run %s stands on the ledger and was not seen when this process began"
            .formatted(step, runId));
  }
}

package io.radstream.trainer.ledger;

/** A step that stands on the ledger cannot be taken again: a study of it was withdrawn since. */
public final class WithdrawnStudyException extends LedgerException {

  private static final long serialVersionUID = 1L;

  WithdrawnStudyException(String message) {
    super(message);
  }
}

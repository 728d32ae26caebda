package io.radstream.trainer.ledger;

/** What another process wrote shows that it has the model line now: this one may write no more. */
final class LineTakenException extends LedgerException {

  private static final long serialVersionUID = 1L;

  /**
   * @param at where that is
   */
  LineTakenException(String line, LedgerPosition at) {
    super(
        "another trainer has taken over line %s: what it wrote is on the ledger at %d@%d; end one of the two, or give one of them another --line"
            .formatted(line, at.partition(), at.offset()));
  }
}

package io.radstream.trainer.ledger;

/** Another process has the model line now: this one may write nothing any more. */
final class LineTakenException extends LedgerException {

  private static final long serialVersionUID = 1L;

  private LineTakenException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The broker refuses this process; of what is known, that can have two reasons. */
  static LineTakenException refused(String line, Throwable cause) {
    return new LineTakenException(
        "another trainer has taken over line %s, or the broker was away for longer than a transaction may take; the same command goes on from the last checkpoint"
            .formatted(line),
        cause);
  }

  /** The other one has written behind this process. */
  static LineTakenException seen(String line, LedgerPosition at) {
    return new LineTakenException(
        "another trainer has taken over line %s: what it wrote is on the ledger at %d@%d; end one of the two, or give one of them another --line"
            .formatted(line, at.partition(), at.offset()),
        null);
  }
}

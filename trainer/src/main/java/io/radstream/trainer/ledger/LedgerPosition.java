package io.radstream.trainer.ledger;

/** Coordinates of a record on the ledger. */
public record LedgerPosition(int partition, long offset) {}

/**
 * The ledger: every step of every run, in transactions, and how it is read back. Knows of batches
 * ({@code feed}), not of networks.
 */
package io.radstream.trainer.ledger;

/**
 * The studies of a run: finding them, where reading them goes on, and their way from the topics to
 * the network. Looks into {@code feed}, {@code ledger}, {@code checkpoint} and what is below them.
 */
package io.radstream.trainer.data;

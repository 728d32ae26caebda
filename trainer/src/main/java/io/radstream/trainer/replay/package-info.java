/**
 * Takes the steps of a run again from the topics and compares them with the ledger. {@link
 * io.radstream.trainer.replay.Replay} is the way in. Looks into {@code run}, whose steps it takes,
 * and what is below it.
 */
package io.radstream.trainer.replay;
